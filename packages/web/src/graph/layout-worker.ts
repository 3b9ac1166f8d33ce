// Works places out beside the page: a graph of thousands takes seconds, and nothing that a person does waits for it.
import { layOutGraph, type LayoutJob, type Places } from './lay-out.js';

export interface Laid {
  readonly number: number;
  readonly places: Places;
}

self.onmessage = ({ data }: MessageEvent<{ readonly number: number; readonly job: LayoutJob }>): void => {
  const answer: Laid = { number: data.number, places: layOutGraph(data.job) };
  self.postMessage(answer);
};
