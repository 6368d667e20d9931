/** Issuer and audience of demo tokens: never from a setting, so that a token is good in every demo of a commit. */
export const DEMO_ISSUER = 'https://idp.demo.invalid/';
export const DEMO_AUDIENCE = 'national-data-gateway';

/** DEMO ONLY. The console's client at the demo's provider; its secret is public. */
export const DEMO_CONSOLE_CLIENT = 'console';
export const DEMO_CONSOLE_SECRET = 'demo-console-secret';
