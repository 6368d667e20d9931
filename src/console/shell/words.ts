import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** A text in both languages of the console. */
export type Words = readonly [vi: string, en: string];

export type Language = 'vi' | 'en';

const STORED = 'console-language';

/** The language in force, Vietnamese unless the reader chose English. */
export const LanguageContext = createContext<Language>('vi');

export function storedLanguage(): Language {
  try {
    return localStorage.getItem(STORED) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // A browser that stores nothing shows Vietnamese next time.
  }
}

/** Says a text in the language in force. */
export function useSay(): (words: Words) => string {
  const language = useContext(LanguageContext);
  return (words) => words[language === 'vi' ? 0 : 1];
}
