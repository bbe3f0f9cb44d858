// Measures the page as a finger and an eye would, and leaves what is wrong in the title.
const wrong = [];
const name = (node) => `${node.localName}.${node.className} ${node.textContent.trim().slice(0, 40)}`;
const tell = (what, node, value) => { if (wrong.length < 12) wrong.push(`${what}: ${name(node)} (${value})`); };

const shown = document.createElement("style");
shown.textContent = ".k{display:block!important}";
document.head.append(shown);
document.querySelectorAll("details").forEach((details) => { details.open = true; });
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width) {
  for (const node of document.body.querySelectorAll("*")) {
    const box = node.getBoundingClientRect();
    if (box.width > 0 && box.right > width + 1) tell("too wide", node, box.right);
  }
  wrong.push(`page ${document.documentElement.scrollWidth} in ${width}`);
}

for (const node of document.querySelectorAll("a, summary, label, input:not(.lang)")) {
  // A link that wraps is as large as its boxes together.
  const boxes = [...node.getClientRects()];
  if (boxes.length === 0) continue;
  const wide = Math.max(...boxes.map((box) => box.width));
  const high = Math.max(...boxes.map((box) => box.height));
  if (wide < 43.5 || high < 43.5) tell("small", node, `${wide.toFixed(1)} x ${high.toFixed(1)}`);
}

const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
const light = (colour) => {
  const [r, g, b] = numbers(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (node) => {
  for (let at = node; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    const alpha = numbers(colour)[3];
    if (alpha === undefined || alpha > 0) return colour;
  }
  return "rgb(255, 255, 255)";
};
let lowest = 21;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.nodeValue.trim() || node.localName === "script") continue;
  if (node.getClientRects().length === 0) continue;
  const [a, b] = [light(getComputedStyle(node).color), light(behind(node))];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  lowest = Math.min(lowest, contrast);
  if (contrast < 4.5) tell("faint", node, contrast.toFixed(2));
}

const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
if (loaded.length > 0) wrong.push(`loaded ${loaded}`);
document.title = JSON.stringify({ width, lowest: lowest.toFixed(2), wrong });
