// Times other programs on articles: node peers.js NAME FILE.jsonl SECONDS
// Prints `bytes seconds`: how many bytes of text they read in that time, each article once, after
// a warm-up of a few.
import { createRequire } from 'node:module';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const WARM_UP = 3; // articles

function recognizers() {
  const all = require('@microsoft/recognizers-text-suite');
  const culture = all.Culture.Chinese;
  const day = new Date('2024-06-15');
  const kinds = [
    all.recognizeNumber, all.recognizeOrdinal, all.recognizePercentage, all.recognizeAge,
    all.recognizeCurrency, all.recognizeDimension, all.recognizeTemperature,
  ];
  return (text) => {
    for (const recognize of kinds) recognize(text, culture);
    all.recognizeDateTime(text, culture, 0, day);
  };
}

function jieba() {
  const { Jieba } = require('@node-rs/jieba');
  const { dict } = require('@node-rs/jieba/dict');
  const tagger = Jieba.withDict(dict);
  return (text) => tagger.tag(text, true);
}

async function texts(file) {
  const out = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line !== '') out.push(JSON.parse(line).text ?? '');
  }
  return out;
}

const [name, file, seconds] = process.argv.slice(2);
const program = { recognizers, jieba }[name];
if (program === undefined || file === undefined || !(Number(seconds) > 0)) {
  console.error('usage: peers.js recognizers|jieba FILE.jsonl SECONDS');
  process.exit(1);
}
const read = program();
const articles = await texts(file);
for (const text of articles.slice(0, WARM_UP)) read(text);
let bytes = 0;
const start = process.hrtime.bigint();
const elapsed = () => Number(process.hrtime.bigint() - start) / 1e9;
for (const text of articles) {
  if (elapsed() > Number(seconds)) break;
  read(text);
  bytes += Buffer.byteLength(text);
}
console.log(bytes, elapsed());
