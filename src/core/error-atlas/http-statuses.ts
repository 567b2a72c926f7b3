import { named, type NamedWords, one, several } from './atlas-entry.ts';

/** HTTP statuses of an endpoint in front of a node. */
export const HTTP_STATUSES: Readonly<Record<number, NamedWords>> = {
  400: named(
    'Bad Request',
    '',
    one(
      'The provider’s gateway did not understand the request',
      'The whole URL, its path included: some providers carry the network in it',
      'Paste the URL from the provider’s page without changes',
      { help: 'networks' },
    ),
  ),
  401: named(
    'Unauthorized',
    '',
    one(
      'The endpoint asks for a key and got none or an expired one',
      'The key in the URL or header of the network’s settings',
      'Enter a valid key for this endpoint',
      { help: 'networks' },
    ),
  ),
  403: named(
    'Forbidden',
    '',
    several(
      'The endpoint refuses this machine or this method',
      'Try the network test: if its reads pass, it is the method; if nothing passes, it is the key or the address',
      [
        {
          when: 'The provider allows the key only for certain addresses, domains or methods',
          check: 'The allow list of the key in the provider’s console; this app sends no domain',
          remedy: 'Take the domain restriction off the key or make one without it',
          help: 'networks',
        },
        {
          when: 'A public endpoint has blocked this address for its traffic, or blocks listing altogether',
          check: 'Whether another internet connection gets through',
          remedy: 'Use an endpoint of your own; public ones are for trying out',
          help: 'networks',
        },
      ],
    ),
  ),
  404: named(
    'Not Found',
    '',
    one(
      'There is nothing at this URL',
      'Path and spelling of the endpoint, https included',
      'Correct the path of the URL',
      { help: 'networks' },
    ),
  ),
  405: named(
    'Method Not Allowed',
    '',
    one(
      'The address is a web page: it does not take questions sent by POST',
      'The URL in a browser: a page means it is not the RPC address',
      'Look for “RPC URL” in the provider’s console',
      { help: 'networks' },
    ),
  ),
  408: named(
    'Request Timeout',
    '',
    one(
      'The gateway waited for the request to arrive whole and gave up',
      'Upload speed of this connection',
      'Send it again over a steadier connection',
    ),
  ),
  410: named(
    'Gone',
    '',
    one(
      'The provider has removed this endpoint, or switched off a method for it',
      'The provider’s announcements',
      'Change over to the provider’s new URL',
      { help: 'networks' },
    ),
  ),
  413: named(
    'Payload Too Large',
    '',
    several(
      'The request is larger than the gateway takes',
      'See what was asked: reading very many accounts at once, or a transaction through a narrow gateway',
      [
        {
          when: 'Many accounts were read in one request',
          check: 'The number of runs on the list: they are read in groups of up to 100 addresses',
          remedy: 'Use an endpoint without a body limit below 64 KiB',
          help: 'networks',
        },
        {
          when: 'A proxy of this network limits uploads',
          check: 'The same request without the proxy',
          remedy: 'Have the proxy’s limit raised; a transaction takes under 2 KiB',
        },
      ],
    ),
  ),
  429: named(
    'Too Many Requests',
    '',
    one(
      'More questions came from this key or address than the endpoint allows in a second',
      'Requests per second of the plan, and other programs on the same key, such as training clients',
      'Wait the time it names, and give the operators’ app a key of its own',
      { help: 'networks' },
    ),
  ),
  500: named(
    'Internal Server Error',
    '',
    one(
      'The gateway failed while handling the request',
      'The provider’s status page',
      'Try another endpoint until the provider has repaired it',
    ),
  ),
  502: named(
    'Bad Gateway',
    '',
    one(
      'The gateway got no proper answer from the node behind it',
      'Whether it happens with every request or with large ones only',
      'Wait some seconds: the gateway usually picks another node',
    ),
  ),
  503: named(
    'Service Unavailable',
    '',
    one(
      'The provider takes no requests right now, from overload or maintenance',
      'Retry-After in the answer, if it is there',
      'Pause for a minute, or go on over the second endpoint of the network',
      { help: 'networks' },
    ),
  ),
  504: named(
    'Gateway Timeout',
    '',
    one(
      'The node behind the gateway took too long, as with long lists',
      'Which request it was: listing runs takes longest',
      'Open the run by its id; a transaction that was sent may have arrived nevertheless',
    ),
  ),
};
