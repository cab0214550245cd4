// Reads the stream without any code of ours: kafkajs for Kafka, avsc for Avro, node's own hashes.
// Prints, as JSON, how many events there are and the root of the record's tree (RFC 6962) over their headers.
"use strict";
const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const [, , modules, folder, source, ...rest] = process.argv;
const from = createRequire(path.join(modules, "package.json"));
const avro = from("avsc");

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), crypto.createHash("sha256")).digest();
const files = Object.fromEntries(
  Object.values(JSON.parse(fs.readFileSync(path.join(folder, "fingerprints.json")))).map((each) => [each.fingerprint, each.schema]),
);
const types = {};

function typeOf(fingerprint) {
  if (!types[fingerprint]) {
    const type = avro.Type.forSchema(JSON.parse(fs.readFileSync(path.join(folder, files[fingerprint]))), { wrapUnions: false });
    if (type.fingerprint("sha256").toString("hex") !== fingerprint) throw new Error(`another fingerprint: ${files[fingerprint]}`);
    types[fingerprint] = type;
  }
  return types[fingerprint];
}

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

// Returns the leaf of an event, once its body is what its header commits to and its header is the next one.
function leafOf(schema, data, position) {
  const type = typeOf(schema.replace("ledger1540:avro:", ""));
  const value = type.fromBuffer(data); // refuses bytes that go on
  const header = JSON.parse(value.header);
  if (position && header.position !== position) throw new Error(`position ${position} is missing`);
  if (value.body !== null) {
    const committed = sha256(value.nonce, Buffer.from(canonical(value.body))).toString("hex");
    if (committed !== header.body_commitment) throw new Error(`position ${header.position}: not what the header commits to`);
  }
  if (!type.toBuffer(value).equals(data)) throw new Error(`position ${header.position}: other bytes when written again`);
  return sha256(Buffer.from([0]), value.header);
}

function rootOf(leaves) {
  if (leaves.length === 0) return sha256("");
  if (leaves.length === 1) return leaves[0];
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return sha256(Buffer.from([1]), rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

const tell = (leaves) => console.log(JSON.stringify({ events: leaves.length, root: rootOf(leaves).toString("hex") }));

async function fromTopic(servers, topic, last) {
  const { Kafka, logLevel } = from("kafkajs");
  const kafka = new Kafka({ brokers: servers.split(","), logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: `stranger-${topic}` });
  const leaves = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise((done, failed) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || failed(payload.error));
    consumer.run({
      autoCommit: false,
      eachMessage: async ({ message }) => {
        if (leaves.length === last) return;
        try {
          leaves.push(leafOf(message.headers.ce_dataschema.toString(), message.value, leaves.length + 1));
        } catch (error) {
          failed(error);
        }
        if (leaves.length === last) done();
      },
    });
  });
  tell(leaves);
  process.exit(0);
}

// Each file holds one value; its type version is the name of its folder.
function fromFiles(kinds) {
  const subjects = JSON.parse(fs.readFileSync(path.join(folder, "fingerprints.json")));
  const leaves = kinds.flatMap((kind) =>
    [1, 2].map((number) => leafOf(subjects[kind].fingerprint, fs.readFileSync(path.join(folder, kind, `value-${number}.avro`)))),
  );
  tell(leaves);
}

if (source === "files") fromFiles(rest);
else
  fromTopic(source, rest[0], Number(rest[1])).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
