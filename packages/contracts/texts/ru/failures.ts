/** What people read when something is refused; the codes are those of failures.ts. */
export const failures = {
  bad_request: 'Запрос не удалось разобрать. Проверьте, что тело - правильный JSON.',
  invalid_input: 'Проверьте поля: что-то заполнено не так.',
  not_signed_in: 'Нужно войти.',
  forbidden: 'На это нет прав.',
  not_found: 'Не найдено.',
  method_not_allowed: 'Так к этому адресу обратиться нельзя.',
  conflict: 'Это противоречит тому, что уже есть.',
  too_large: 'Слишком много данных для одного запроса.',
  wrong_media_type: 'Нужен JSON: Content-Type должен быть application/json.',
  idempotency_key_reused: 'Этот Idempotency-Key уже использован с другим содержимым. Возьмите новый ключ.',
  too_many_requests: 'Слишком часто. Подождите и повторите.',
  internal: 'Что-то сломалось у нас. Мы уже записали это, повторите позже.',
  upstream_failed: 'Часть системы ответила непонятно. Повторите позже.',
  unavailable: 'Часть системы сейчас недоступна. Ничего не потеряно, повторите через минуту.',
  upstream_timeout: 'Часть системы не успела ответить. Повторите через минуту.',
}
