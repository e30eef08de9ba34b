export const engine = {
  notInTime: 'The engine did not start in time.',
  notStarted: (cause: string) => `The engine could not be started: ${cause}.`,
  workerRefused: 'its worker was refused',
  browserRefused: 'the browser refused to start the engine\'s worker',
  notOurs: (url: string) => `${url} is not the page's own`,
  stopped: (cause: string) => `The engine stopped: ${cause}. It was restarted and the session replayed.`,
  late: (request: string, seconds: number) => `${request} took longer than ${seconds} seconds and was stopped. The engine was restarted and the session replayed.`,
  tooLong: (request: string, millions: number) => `${request} was not sent: it is longer than ${millions} million characters.`,
  noWhole: 'This takes the whole engine, which is not a part of this page.',
  closed: 'The playground was closed.',
  stoppedByYou: 'It was stopped.',
  notLoaded: (cause: string) => `The engine could not be loaded: ${cause}.`,
  status: (url: string, status: number) => `The engine could not be loaded: ${url} answered ${status}.`,
  noModule: (url: string) => `The engine could not be loaded: ${url} is not a WebAssembly module. The server sent something else in its place.`,
  /** What the worker says of its end in one word. */
  causes: { memory: 'it needed more than the 512 MB of memory that it may have', ended: 'the engine ended', unregistered: 'the engine did not register itself' },
};
