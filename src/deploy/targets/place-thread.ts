import { workerData } from 'node:worker_threads';
import { serveTasks } from '../../press/threads/thread.ts';
import { placer } from './place-file.ts';
import { type PlaceTasks, placedBy } from './placers.ts';

/* A thread that puts files into a folder. It starts with the folder for its incomplete files. */

const place = placer(workerData as string);

serveTasks<PlaceTasks>({ place: async (files) => placedBy(place, files) });
