/**
 * Passkeys: a form with `data-passkey="create"` or `"get"` asks the device first and
 * then sends what it answered, in its field `credential`.
 */

/** @param {string} text base64url */
export const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

/** @param {ArrayBuffer} buffer */
export const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const named = (credential) => ({ ...credential, id: bytes(credential.id) });

/** What `navigator.credentials.create` takes: a passkey that the device keeps, unlocked by its owner. */
export function creation({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: (publicKey.excludeCredentials ?? []).map(named),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  };
}

/** What `navigator.credentials.get` takes. */
export function request({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: (publicKey.allowCredentials ?? []).map(named),
    },
  };
}

/** A credential as JSON: every buffer as base64url. */
export function answer(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function options(form) {
  if (!form.dataset.options) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answered = await fetch(form.dataset.options, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  return (await answered.json()).request_options;
}

async function ask(form) {
  const asked = await options(form);
  return form.dataset.passkey === "create"
    ? navigator.credentials.create(creation(asked))
    : navigator.credentials.get(request(asked));
}

async function send(event) {
  const form = event.currentTarget;
  if (form.elements.credential.value) return;
  event.preventDefault();
  try {
    form.elements.credential.value = answer(await ask(form));
    form.submit();
  } catch {
    form.querySelector("[data-passkey-trouble]").hidden = false;
  }
}

if (globalThis.document && globalThis.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
}
