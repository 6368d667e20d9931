/** Issuer and audience of demo tokens: never from a setting, so that a token is good in every demo of a commit. */
export const DEMO_ISSUER = 'https://idp.demo.invalid/';
export const DEMO_AUDIENCE = 'national-data-gateway';
