package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

type event struct {
	Header string
	Body   *string
	Nonce  string
	Proof  []string
}

type header struct {
	Position       int64
	Stream         string
	Type           string
	Version        int64
	Previous       *string
	BodyCommitment string `json:"body_commitment"`
}

type head struct {
	Stream  string
	Version int64
	Leaf    string
	Index   int64
	Proof   []string
	Events  []event
}

type bundleFile struct {
	Checkpoint string
	Seal       *event
	Event      *event
	Moments    []event
	Streams    []head
	Ranges     map[string]struct{ Before, After *head }
}

// bundle checks what a bundle proves, all but the rule: the checkpoint, what is in its tree, the heads that are sealed,
// the chains that lead to them, and the bodies.
func bundle(file, vkey string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var given bundleFile
	if err := json.Unmarshal(data, &given); err != nil {
		return err
	}
	tree, err := opened([]byte(given.Checkpoint), vkey)
	if err != nil {
		return err
	}
	if given.Event != nil {
		_, err := in(tree, *given.Event)
		return err
	}
	for _, moment := range given.Moments {
		if _, err := in(tree, moment); err != nil {
			return err
		}
	}
	heads, err := sealed(tree, given.Seal)
	if err != nil {
		return err
	}
	for _, each := range given.Streams {
		if err := whole(heads, each); err != nil {
			return fmt.Errorf("%s: %w", each.Stream, err)
		}
	}
	for name, gap := range given.Ranges {
		for _, side := range []*head{gap.Before, gap.After} {
			if side == nil {
				continue
			}
			if err := under(heads, *side); err != nil {
				return fmt.Errorf("beside %s: %w", name, err)
			}
		}
	}
	return nil
}

func sealed(tree tlog.Tree, seal *event) (tlog.Tree, error) {
	var body struct {
		Streams int64
		Root    string
	}
	if seal == nil || seal.Body == nil {
		return tlog.Tree{}, errors.New("no seal")
	}
	found, err := in(tree, *seal)
	if err != nil {
		return tlog.Tree{}, err
	}
	if found.Type != "record.heads-sealed" {
		return tlog.Tree{}, errors.New("the seal is none")
	}
	if err := json.Unmarshal([]byte(*seal.Body), &body); err != nil {
		return tlog.Tree{}, err
	}
	hash, err := hashed(body.Root)
	return tlog.Tree{N: body.Streams, Hash: hash}, err
}

// in reads an event that must be in the tree at its own position.
func in(tree tlog.Tree, given event) (header, error) {
	found, err := read(given)
	if err != nil {
		return found, err
	}
	path, err := proof(given.Proof)
	if err != nil {
		return found, err
	}
	return found, tlog.CheckRecord(path, tree.N, tree.Hash, found.Position-1, tlog.RecordHash([]byte(given.Header)))
}

// read reads an event, whose body must be the one that its header commits to.
func read(given event) (header, error) {
	var found header
	if err := json.Unmarshal([]byte(given.Header), &found); err != nil {
		return found, err
	}
	if given.Body == nil {
		return found, nil
	}
	nonce, err := hex.DecodeString(given.Nonce)
	if err != nil {
		return found, err
	}
	sum := sha256.Sum256(append(nonce, *given.Body...))
	if hex.EncodeToString(sum[:]) != found.BodyCommitment {
		return found, errors.New("another body")
	}
	return found, nil
}

// whole checks that the events of a stream follow upon each other up to the head that is sealed.
func whole(heads tlog.Tree, given head) error {
	for index, each := range given.Events {
		found, err := read(each)
		if err != nil {
			return err
		}
		linked := found.Previous == nil && given.Leaf == "" || found.Previous != nil && *found.Previous == given.Leaf
		if found.Stream != given.Stream || found.Version != int64(index)+1 || !linked {
			return fmt.Errorf("version %d does not follow", index+1)
		}
		leaf := tlog.RecordHash([]byte(each.Header))
		given.Version, given.Leaf = found.Version, hex.EncodeToString(leaf[:])
	}
	return under(heads, given)
}

func under(heads tlog.Tree, given head) error {
	path, err := proof(given.Proof)
	if err != nil {
		return err
	}
	var line bytes.Buffer
	line.WriteString(given.Stream + "\n" + strconv.FormatInt(given.Version, 10) + "\n" + given.Leaf + "\n")
	return tlog.CheckRecord(path, heads.N, heads.Hash, given.Index, tlog.RecordHash(line.Bytes()))
}

func proof(written []string) (tlog.RecordProof, error) {
	var path tlog.RecordProof
	for _, each := range written {
		hash, err := tlog.ParseHash(each)
		if err != nil {
			return nil, err
		}
		path = append(path, hash)
	}
	return path, nil
}

func hashed(written string) (tlog.Hash, error) {
	var hash tlog.Hash
	raw, err := hex.DecodeString(written)
	if err != nil || len(raw) != len(hash) {
		return hash, errors.New("no hash")
	}
	copy(hash[:], raw)
	return hash, nil
}
