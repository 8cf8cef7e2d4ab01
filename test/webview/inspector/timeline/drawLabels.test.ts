// The texts over a timeline's columns, on a surface that notes them.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TimelinePicture } from '../../../../src/analysis/timeline/timelineView';
import { Labels } from '../../../../src/webview/inspector/timeline/drawLabels';
import { notedPlot } from '../../../support/page/notedPlot';

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
});

afterEach(() => void vi.unstubAllGlobals());

/** Returns labels of a picture from 0 to 60 s, 600 pixels wide, and the texts that are drawn, with their middle and bottom. */
function labelsOf(more: Partial<TimelinePicture>) {
  const { plot, drawn } = notedPlot(more);
  const texts = () => drawn.filter(([name]) => name === 'fillText').map(([, , ...text]) => text);
  return { labels: new Labels(plot), texts };
}

test('a silence has its length in its middle', () => {
  const { labels, texts } = labelsOf({ silences: [{ from: 20_000, to: 50_000 }] });
  labels.drawSilences();
  expect(texts()).toEqual([['30.0 s', 350, 13]]);
});

test('of silences whose texts would cover each other, the longest has one', () => {
  const silences = [
    { from: 10_000, to: 11_000 },
    { from: 11_500, to: 14_500 },
    { from: 40_000, to: 42_000 },
  ];
  const { labels, texts } = labelsOf({ silences });
  labels.drawSilences();
  expect(texts().map(([text]) => text)).toEqual(['3.0 s', '2.0 s']);
});

test('a text at an edge stays within the timeline', () => {
  const silences = [
    { from: 0, to: 1000 },
    { from: 58_000, to: 60_000 },
  ];
  const { labels, texts } = labelsOf({ silences });
  labels.drawSilences();
  expect(texts().map(([, at]) => at)).toEqual([587.5, 12.5]);
});

test('bursts of five events and more have their count over their column, the largest first, and never over a silence’s', () => {
  const bursts = Array.from({ length: 10 }, () => 0);
  for (const [column, size] of [
    [1, 5],
    [3, 4],
    [5, 1200],
    [8, 7],
  ] as const)
    bursts[column] = size;
  const { labels, texts } = labelsOf({ bursts, silences: [{ from: 50_000, to: 52_000 }] });
  labels.drawSilences();
  labels.drawBursts((column) => 10 * column);
  expect(texts().slice(1)).toEqual([
    ['1,200', 330, 49],
    ['5', 90, 11],
  ]);
});
