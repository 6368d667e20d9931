/**
 * DEMO ONLY. Signing keys of the demo identity provider, private parts included, so that a token printed in any
 * clone is good in every demo. Public by being in the source: production refuses this issuer.
 */
export const DEMO_ES256_KEY = {
  kid: 'demo-es256-1',
  alg: 'ES256',
  use: 'sig',
  kty: 'EC',
  x: '6pdhaQkSA9383qdVxqg-ZuGUaxRxWDva8RHlNiKGJ_s',
  y: 'mkI9BwadlYzwQYR0x_DRQYyfFh9ZCYWGe2Osxpnfv54',
  crv: 'P-256',
  d: 'cJM7We9BC-LjOz1OkAQ5HUPlXLjI4J81b90KPJcxoi4',
} as const;

export const DEMO_RS256_KEY = {
  kid: 'demo-rs256-1',
  alg: 'RS256',
  use: 'sig',
  kty: 'RSA',
  n: 'zYqjJS9FnPTUQ39Lh_gxPgXf6XotM7QyvCX6y5IrdJsRHGangfk4Cm9Yl8L-9Kmpz51Oyw5sWgfUUkoWItw66rpXUUiXW__WGw9CRO9CI5QTrMP68LfJNKs_9rqA2ZkxSRlmLwC_w2rYczqH7zjczKYnu7Dl_TXIvelAdO36QyDfX789ImuvQCFqS8xFkyF-WaycMSYAsj4p38MT7OXY3N8o9y2YUyKnT3r2cUkVY0pTRkkpXnGlr05RxUxN4YNRf-IWd12R_SdGRX1gfj5HTBD4fgFBSSxhFra4C1eqEKtH5cG9YdpmBTIJnAOtbjHqxGekYmUUt4EpChO-YM_Z6w',
  e: 'AQAB',
  d: 'S0gJXA-10_h6HCSuAeV-B6T4L1f_4U2RPYc9lbz6LJG1ES1qEbk5dNz2WlNhtTPFDdUkbEvilJEEi4U2GVuHOry4SX2oblpETZHnqD7nfwd3s1HugacWyzMj0NbbZZdtzUO_wNxp4AWstHuOGSi--jerGtv-SKEf3qrlYE5fWKEzn7FsTFOVbEVMdA7IqMT0KzSMTFF-lufdiMnoh61nw8pzZOP4XJ-fIb0MmjEnBp9Sxdg5o4U9e-diYFEodsBFvII6KXh0GBo6WsZZnCoAu_CCEUskBeGZJeFJCxxFYxlnaxgBHQ7vMMKRlDWtoUn3ykEyyqyA-NEdB9DcxsMriQ',
  p: '9xlwL4NowxRYO_H15YlUUS1OQvR4drqYnFFAIMrxCMK0AM_OINPKnL9cpp_RvRNj9DeUxs7L5KW4NEBXYJhFl-g7wPPUujNNYRMCZX3DmT6zELzwiW1133g_rps25O5I1SAiCExsqlT7RR-QR6kpLixa0s2JgX3ZT1KHm3V9mkM',
  q: '1PH8DrIWVJQlnldp9Oa-earI_ow0Wi2WAlqgWZzfVX_U2lDxDxGqAVgu7KVn6QTMO3ScGyZ2z7-ZPLksOlOVcLhSnHClONs8t_t_4z1nB892w_2mzhASbbk1XgTOlbEjqaIhlbpEoetaw5T7rZQFhTPK9gv-mQdpUpHHLsx_6zk',
  dp: 'Fsq841UOq7fLr7PQx5xUL6yrJFfiaKkrfHeuH5g4hWNYMR7512NRtAWeqSvir7sDJDqgOXpHqk5y4DbzGFDTUoC0SkbzXz1uLL8RIIVqLk9vOuMCmNqE3dj8nsFoXdNw2l-9Y-CQwWFXT_fqWgHLb5vdwMX-ofgWvE9TfM5oiHs',
  dq: 'CBtaTDjtbrThJcEQMJmkQL-GvWIbEB_SKS7IEgFN41RlhxYzxy4V-c0gpDO72_wpxk2vL71sIoaZz90A2QubkdoCkyAauipmil6RxNXumTaFv_plIk0sVm8JoBWww7QltmyMuMWJnVx3bSC74CTVfPe2z10viSXmFZWlLpvsdsk',
  qi: 'uFV97E_dwbd79jbouNskbu_26_dUadhP3sHqhsQkydg2Fk7NSabzNCjpGdEiAm1Lpgx3QlI5tGwejs-hCEldZtheKch_-vhTQq6EwInpcjdewSGvPItkNRpENc10IS6cRj8NeYlJ5eqMLaCDlvBrqzOAGhgIYfEece05Wv2JJjg',
} as const;
