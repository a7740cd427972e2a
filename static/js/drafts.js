/*
 * What is typed into a form is kept on the server every few seconds, until the form is sent: nothing is lost when the
 * session ends, the network fails or the tab is closed. Forms that save by themselves (htmx), forms with a password
 * and forms marked data-no-draft are left alone. Of the hidden fields only the version the words were typed against is
 * kept, so that restoring them onto somebody else's newer text leads to the merge page and not over it.
 */
(function () {
  "use strict";

  const WAIT = 1500;
  const RETRY = 10000;
  const ABOUT_THE_VERSION = /(^|-)(lock_version|opened_as)$/;
  const NOT_TYPED = ["hidden", "password", "file", "submit", "button", "reset", "image"];
  const words = document.getElementById("draft-words");
  const token = document.querySelector('meta[name="csrf-token"]');
  if (!words || !token) {
    return;
  }
  const address = words.dataset.address;

  function typedControls(form) {
    return Array.from(form.elements).filter(function (control) {
      return control.name && !NOT_TYPED.includes(control.type) && control.tagName !== "BUTTON" && control.tagName !== "FIELDSET";
    });
  }

  function isKept(form) {
    return (
      form.method === "post" &&
      !form.hasAttribute("data-no-draft") &&
      !form.hasAttribute("hx-post") &&
      !form.querySelector('input[type="password"]') &&
      typedControls(form).length > 0
    );
  }

  function versionControls(form) {
    return Array.from(form.elements).filter(function (control) {
      return control.type === "hidden" && ABOUT_THE_VERSION.test(control.name);
    });
  }

  function read(form) {
    const fields = {};
    typedControls(form).forEach(function (control) {
      fields[control.name] = fields[control.name] || [];
      if (control.type === "checkbox" || control.type === "radio") {
        if (control.checked) {
          fields[control.name].push(control.value);
        }
      } else if (control.multiple) {
        Array.from(control.selectedOptions).forEach(function (option) {
          fields[control.name].push(option.value);
        });
      } else {
        fields[control.name].push(control.value);
      }
    });
    return fields;
  }

  function write(form, fields) {
    const left = {};
    Object.keys(fields).forEach(function (name) {
      left[name] = fields[name].slice();
    });
    typedControls(form).forEach(function (control) {
      const values = left[control.name];
      if (!values) {
        return;
      }
      if (control.type === "checkbox" || control.type === "radio") {
        control.checked = values.includes(control.value);
      } else if (control.multiple) {
        Array.from(control.options).forEach(function (option) {
          option.selected = values.includes(option.value);
        });
      } else if (values.length) {
        control.value = values.shift();
      }
      control.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  function send(method, body, place) {
    const options = {
      method: method,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      headers: { "X-CSRFToken": token.content, "Content-Type": "application/json" },
    };
    if (body) {
      options.body = JSON.stringify(body);
      options.keepalive = options.body.length < 60000;
    }
    return fetch(method === "POST" ? address : address + "?place=" + encodeURIComponent(place), options);
  }

  function fill(name, values) {
    return Object.keys(values).reduce(function (text, key) {
      return text.replace("{" + key + "}", values[key]);
    }, words.dataset[name]);
  }

  function watch(form, place) {
    const initial = JSON.stringify(read(form));
    let kept = initial;
    let timer = null;
    let sent = false;

    const status = document.createElement("p");
    status.className = "meta above-8";
    status.setAttribute("role", "status");
    form.append(status);

    function save() {
      clearTimeout(timer);
      timer = null;
      const fields = read(form);
      const text = JSON.stringify(fields);
      if (sent || text === kept) {
        return;
      }
      const back = text === initial;
      versionControls(form).forEach(function (control) {
        fields[control.name] = [control.value];
      });
      const call = back ? send("DELETE", null, place) : send("POST", { place: place, fields: fields });
      call.then(function (answer) {
        if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
          status.textContent = "";
          const link = document.createElement("a");
          link.href = words.dataset.login;
          link.target = "_blank";
          link.rel = "noopener";
          link.textContent = words.dataset.signin;
          status.append(words.dataset.ended, link);
          return;
        }
        if (!answer.ok) {
          return answer.json().then(function (refusal) {
            status.textContent = refusal.message || words.dataset.failed;
          });
        }
        kept = text;
        if (back) {
          status.textContent = "";
          return;
        }
        return answer.json().then(function (saved) {
          status.textContent = fill("saved", { time: saved.saved_at });
        });
      }).catch(function () {
        status.textContent = words.dataset.failed;
        timer = setTimeout(save, RETRY);
      });
    }

    function soon() {
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    }

    function offer(draft) {
      const typed = {};
      typedControls(form).forEach(function (control) {
        typed[control.name] = draft.fields[control.name] || [];
      });
      if (JSON.stringify(typed) === initial) {
        return;
      }
      const note = document.getElementById("draft-offer").content.firstElementChild.cloneNode(true);
      note.querySelector("[data-draft-text]").textContent = fill("offer", {
        day: draft.saved_on,
        time: draft.saved_at,
      });
      note.querySelector("[data-draft-restore]").addEventListener("click", function () {
        write(form, draft.fields);
        versionControls(form).forEach(function (control) {
          control.value = (draft.fields[control.name] || [control.value])[0];
        });
        note.remove();
        const first = typedControls(form)[0];
        if (first) {
          first.focus();
        }
      });
      note.querySelector("[data-draft-discard]").addEventListener("click", function () {
        send("DELETE", null, place).then(function () {
          note.remove();
        });
      });
      form.prepend(note);
    }

    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("submit", function () {
      if (form.querySelector('input[name="draft_place"]')) {
        return;
      }
      sent = true;
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "draft_place";
      field.value = place;
      form.append(field);
    });
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) {
        sent = false;
      }
    });
    window.addEventListener("pagehide", save);
    document.addEventListener("hengdu:session-ending", save);
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState === "hidden") {
        save();
      }
    });

    send("GET", null, place).then(function (answer) {
      return answer.status === 200 ? answer.json().then(offer) : null;
    }).catch(function () {
      /* Without the server there is nothing to offer; typing goes on. */
    });
  }

  const seen = {};
  Array.from(document.forms).filter(isKept).forEach(function (form) {
    const path = new URL(form.getAttribute("action") || window.location.pathname, window.location.href).pathname;
    seen[path] = (seen[path] || 0) + 1;
    watch(form, path + (seen[path] > 1 ? "#" + seen[path] : ""));
  });
})();
