package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// witness verifies cosignatures of checkpoints (C2SP tlog-cosignature) for Go's package for notes.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }

func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	said := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(signature), text)
	return ed25519.Verify(w.key, []byte(said), signature[8:])
}

func witnessOf(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("no key of a witness")
	}
	data, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(data) != 33 || data[0] != 4 {
		return nil, errors.New("no key of a witness")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), data...))
	return witness{parts[0], binary.BigEndian.Uint32(sum[:]), ed25519.PublicKey(data[1:])}, nil
}

// cosigned checks that a checkpoint is signed by its log and by a witness.
func cosigned(file, vkey, of string) error {
	log, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	other, err := witnessOf(of)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	found, err := note.Open(data, note.VerifierList(log, other))
	if err != nil {
		return err
	}
	if len(found.Sigs) != 2 {
		return errors.New("not signed by both")
	}
	return nil
}
