'use strict';
// First thing in a child of the stand-in: gives the program its `process.parentPort`, then becomes the program.
const { EventEmitter } = require('node:events');

const parentPort = new EventEmitter();
const early = [];
parentPort.postMessage = (message) => process.send(message);
parentPort.start = () => undefined;
parentPort.on('newListener', (name) => {
  if (name === 'message')
    process.nextTick(() => early.splice(0).forEach((data) => parentPort.emit('message', { data })));
});
process.on('message', (data) => {
  if (parentPort.listenerCount('message') === 0) early.push(data);
  else parentPort.emit('message', { data });
});
process.on('disconnect', () => process.exit(0));
Object.defineProperty(process, 'parentPort', { value: parentPort });

process.argv.splice(1, 1);
require(process.argv[1]);
