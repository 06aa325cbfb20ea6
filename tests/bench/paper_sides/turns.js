// One side that runs on node, in a process of its own: see turns.py.
//   node turns.js SIDE TEMPLATE ANSWERS OUTPUT    (NODE_PATH: where the packages are)
const fs = require("fs");
const readline = require("readline");

const [side, template, answers, output] = process.argv.slice(2);
const data = JSON.parse(fs.readFileSync(answers, "utf-8"));
const bytes = fs.readFileSync(template);

const sides = {
  docxtemplater() {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    return async () => {
      const document = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true, linebreaks: true });
      document.render(data);
      return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
  carbone() {
    const carbone = require("carbone");
    return () =>
      new Promise((done, failed) =>
        carbone.render(template, data, (wrong, made) => (wrong ? failed(wrong) : done(made))),
      );
  },
};

async function main() {
  const render = sides[side]();
  fs.writeFileSync(output, await render());
  console.log(JSON.stringify({ kb: process.memoryUsage().rss / 1024 }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const number = Number(line);
    const started = process.cpuUsage();
    for (let paper = 0; paper < number; paper += 1) await render();
    const taken = process.cpuUsage(started);
    console.log(JSON.stringify({ ms: (taken.user + taken.system) / 1000 / number, kb: process.memoryUsage().rss / 1024 }));
  }
  process.exit(0);
}

main();
