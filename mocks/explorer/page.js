/* global React, ReactDOM, GraphiQL -- the scripts before this one define them */

const byId = (id) => document.getElementById(id);
const { personalId, callers, examples } = JSON.parse(byId('demo').textContent);

function fill(select, texts) {
  for (const [value, text] of texts.entries()) select.add(new Option(text, String(value)));
}

function chooseCaller() {
  const caller = callers[Number(byId('client').value)];
  byId('purpose').value = caller.purpose ?? '';
  byId('case').value = caller.caseId ?? '';
}

/** Introspection needs a token only; everything else is asked with the purpose and case that the form shows. */
async function fetcher(operation) {
  const caller = callers[Number(byId('client').value)];
  const headers = {
    authorization: `Bearer ${caller.token}`,
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
  };
  if (byId('purpose').value !== '') headers['x-purpose'] = byId('purpose').value;
  if (byId('case').value !== '') headers['x-case-id'] = byId('case').value;
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(operation) });
  return response.json();
}

// Nothing of the demo stays in the browser.
const noStorage = { length: 0, getItem: () => null, setItem() {}, removeItem() {}, clear() {} };
const root = ReactDOM.createRoot(byId('graphiql'));

function chooseExample() {
  const at = Number(byId('example').value);
  const example = examples[at];
  byId('client').value = String(callers.findIndex(({ client }) => client === example.client));
  chooseCaller();
  const variables = example.query.includes('$id') ? JSON.stringify({ id: personalId }, null, 2) : '';
  root.render(
    React.createElement(GraphiQL, {
      key: at,
      fetcher,
      storage: noStorage,
      query: example.query,
      variables,
      isHeadersEditorEnabled: false,
    }),
  );
}

fill(
  byId('example'),
  examples.map(({ title }) => title),
);
fill(
  byId('client'),
  callers.map(({ client }) => client),
);
byId('example').addEventListener('change', chooseExample);
byId('client').addEventListener('change', chooseCaller);
byId('choice').addEventListener('submit', (event) => event.preventDefault());
chooseExample();
