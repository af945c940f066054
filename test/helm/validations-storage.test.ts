import { refusesAndMends } from './refusals/run.ts';
import { storageRefusals } from './refusals/storage.ts';

refusesAndMends(storageRefusals);
