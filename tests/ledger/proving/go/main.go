// A stranger's check with golang.org/x/mod alone: a note and its keys, a checkpoint, a proof of inclusion, tiles.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<20)
	for lines.Scan() {
		if err := answer(strings.Split(lines.Text(), "\t")); err != nil {
			fmt.Println("no:", strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Println("yes")
		}
	}
}

// answer checks one line: what is asked, and its arguments.
func answer(words []string) error {
	switch words[0] {
	case "vkey":
		_, err := note.NewVerifier(words[1])
		return err
	case "skey":
		_, err := note.NewSigner(words[1])
		return err
	case "checkpoint":
		_, err := checkpoint(words[1], words[2])
		return err
	case "cosigned":
		return cosigned(words[1], words[2], words[3])
	case "included":
		return included(words[1], words[2], words[3])
	case "consistent":
		return consistent(words[1], words[2], words[3], words[4:])
	case "bundle":
		return bundle(words[1], words[2])
	case "tiles":
		return tiles(words[1], words[2])
	}
	return fmt.Errorf("unknown question %q", words[0])
}

func checkpoint(file, vkey string) (tlog.Tree, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
	return opened(data, vkey)
}

func opened(data []byte, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	found, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(found.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

// included checks a .tlog-proof for the entry in a file.
func included(file, vkey, entry string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, tail, ok := strings.Cut(string(data), "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	tree, err := opened([]byte(tail), vkey)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(entry)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(content))
}

func consistent(first, second, vkey string, path []string) error {
	old, err := checkpoint(first, vkey)
	if err != nil {
		return err
	}
	now, err := checkpoint(second, vkey)
	if err != nil {
		return err
	}
	var proof tlog.TreeProof
	for _, written := range path {
		raw, err := hex.DecodeString(written)
		if err != nil {
			return err
		}
		hash, err := tlog.ParseHash(base64.StdEncoding.EncodeToString(raw))
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	return tlog.CheckTree(proof, now.N, now.Hash, old.N, old.Hash)
}

type folder struct{ path string }

func (f folder) Height() int { return 8 }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(asked []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range asked {
		// The paths of Go's own checksum database have the height in them, those of tlog-tiles do not.
		data, err := os.ReadFile(filepath.Join(f.path, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

// tiles reads every leaf of a published log through its tiles, each proved up to the checkpoint.
func tiles(path, vkey string) error {
	tree, err := checkpoint(filepath.Join(path, "checkpoint"), vkey)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(tree, folder{path})
	for index := int64(0); index < tree.N; index++ {
		if _, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)}); err != nil {
			return err
		}
	}
	return nil
}
