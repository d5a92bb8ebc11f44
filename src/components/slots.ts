export { type Slot, slots } from '../pictures/slots.ts';
