// Draws the chart of the benchmark: docs/bench.png.
import { chromium } from '@playwright/test';
import { browserOptions } from '../../scripts/install/browser.mjs';
import { quantile } from './quantile.mjs';

const FILE = 'docs/bench.png';
const WIDTH = 760;
const BAR = 22;
const LABEL = 190;
const COLOURS = { ours: '#0a69da', other: '#8c959f' };

/** The charts: a figure of the results, and its title. */
const CHARTS = [
  ['8000: µs of processor per event', 'Processor per event, 8,000 streams at 1 event/s (µs)'],
  ['8000: KB per connection', 'Memory per connection, 8,000 streams (KB)'],
  ['8000: headers after, p50 (ms)', 'Time to headers while 8,000 streams are open, median (ms)'],
  ['8000: late by, p99 (ms)', 'How far events are from t0 + n × interval, p99 (ms)'],
];

/** @param {Record<string, Record<string, number[]>>} results figures of all rounds, by server and figure */
export async function plot(results) {
  const charts = CHARTS.map(([figure = '', title = '']) => drawBars(results, figure, title));
  const browser = await chromium.launch(browserOptions());
  const page = await browser.newPage({ deviceScaleFactor: 1.5, viewport: { width: WIDTH, height: 100 } });
  await page.setContent(`<style>
    body { margin: 16px; font: 13px system-ui, sans-serif; color: #1f2328; background: #fff }
    h2 { font-size: 13px; margin: 14px 0 4px }
    svg { display: block } text { font: inherit; dominant-baseline: middle }
  </style>${charts.join('')}`);
  await page.screenshot({ path: FILE, fullPage: true });
  await browser.close();
}

/** @param {Record<string, Record<string, number[]>>} results @param {string} figure @param {string} title */
function drawBars(results, figure, title) {
  const values = Object.entries(results)
    .filter(([, figures]) => figures[figure])
    .map(([name, figures]) => ({ name, value: quantile(figures[figure] ?? [], 0.5) }));
  const room = WIDTH - LABEL - 110;
  const most = Math.max(...values.map(({ value }) => value));
  const bars = values.map(({ name, value }, index) => {
    const y = index * BAR + BAR / 2;
    const width = Math.max(1, (Math.max(0, value) / most) * room);
    const colour = name === 'ours' ? COLOURS.ours : COLOURS.other;
    return `<text x="${LABEL - 8}" y="${y}" text-anchor="end">${name === 'ours' ? 'SSE Counter' : name}</text>
      <rect x="${LABEL}" y="${y - BAR / 2 + 3}" width="${width}" height="${BAR - 6}" fill="${colour}"/>
      <text x="${LABEL + width + 6}" y="${y}">${value.toFixed(1)}</text>`;
  });
  return `<h2>${title}</h2><svg width="${WIDTH - 32}" height="${values.length * BAR}">${bars.join('')}</svg>`;
}
