import { useCallback, useEffect, useState } from 'preact/hooks';
import { post, useSession } from './session.ts';
import type { Words } from './words.ts';

/** The answer of one operation: its data, and the codes of what was refused or failed. */
export interface Asked<Data> {
  readonly data: Data | null;
  readonly codes: readonly string[];
  /** `X-Access-Entry`: this look is itself on record under this id. */
  readonly entry: string | null;
}

export type Ask = <Data, Variables extends object>(
  operation: string,
  variables: Variables,
) => Promise<Asked<Data>>;

interface GraphQlBody<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** Asks an operation of operations/ by its name, for the session. */
export function useAsk(): Ask {
  const { csrfToken } = useSession().session;
  return useCallback<Ask>(
    async <Data, Variables extends object>(operation: string, variables: Variables) => {
      const response = await post(csrfToken, '/console/graphql', { operation, variables });
      const body = (await response.json().catch(() => ({}))) as GraphQlBody<Data>;
      const codes = (body.errors ?? []).map(({ extensions }) => extensions?.code ?? 'INTERNAL_ERROR');
      return {
        data: body.data ?? null,
        codes: response.ok || codes.length > 0 ? codes : ['INTERNAL_ERROR'],
        entry: response.headers.get('x-access-entry'),
      };
    },
    [csrfToken],
  );
}

/** Data of a page, asked anew whenever its variables change; null while the answer is awaited. */
export function useAsked<Data, Variables extends object>(
  operation: string,
  variables: Variables | null,
): Asked<Data> | null {
  const ask = useAsk();
  const key = JSON.stringify(variables);
  const [state, setState] = useState<{ readonly key: string; readonly asked: Asked<Data> } | null>(null);
  useEffect(() => {
    if (variables === null) return undefined;
    let isCurrent = true;
    void ask<Data, Variables>(operation, variables)
      .catch((): Asked<Data> => ({ data: null, codes: ['UNREACHABLE'], entry: null }))
      .then((asked) => (isCurrent ? setState({ key, asked }) : undefined));
    return () => {
      isCurrent = false;
    };
  }, [operation, key, ask]);
  return state?.key === key ? state.asked : null;
}

const CODE_WORDS: Readonly<Record<string, Words>> = {
  CASE_REQUIRED: [
    'Hãy nhập số quyết định kiểm tra hoặc số đơn khiếu nại.',
    'Enter the number of an audit order or a complaint.',
  ],
  CASE_NOT_VALID: [
    'Số quyết định này không mở được: không có, đã hết hạn, hoặc của người khác.',
    'This number opens nothing: unknown, expired or another person’s.',
  ],
  ROW_DENIED: [
    'Quyết định kiểm tra này không cho phép tra cứu như vậy.',
    'The audit order does not allow this search.',
  ],
  FIELD_NOT_GRANTED: ['Vai trò của bạn không được xem dữ liệu này.', 'Your role may not see this.'],
  ARGUMENT_NOT_GRANTED: [
    'Điều kiện tìm này cần một quyết định có phê duyệt thứ hai, hoặc một đơn khiếu nại.',
    'This condition needs an order with a second approval, or a complaint.',
  ],
  PURPOSE_NOT_GRANTED: ['Vai trò của bạn không được xem dữ liệu này.', 'Your role may not see this.'],
  BAD_USER_INPUT: ['Một điều kiện viết chưa đúng dạng.', 'A condition is not in its form.'],
  BAD_IDENTIFIER: ['Số định danh viết chưa đúng dạng.', 'The identifier is not in its form.'],
  QUOTA_EXCEEDED: ['Đã hết lượt của giờ này. Hãy thử lại sau.', 'The share of this hour is used up.'],
  OVERLOADED: [
    'Hệ thống đang bận. Hãy thử lại sau ít giây.',
    'Too many requests. Try again in a few seconds.',
  ],
  ACCESS_LOG_UNAVAILABLE: [
    'Chưa ghi được nhật ký, nên chưa trả dữ liệu. Hãy thử lại.',
    'The look cannot be recorded now, so nothing is shown. Try again.',
  ],
  UNREACHABLE: ['Không kết nối được tới máy chủ.', 'The server cannot be reached.'],
};

const OTHER_CODE: Words = ['Yêu cầu chưa thực hiện được. Hãy thử lại.', 'The request failed. Try again.'];

/** Says what a code means, and what to do. */
export function wordsOfCode(code: string): Words {
  return CODE_WORDS[code] ?? OTHER_CODE;
}
