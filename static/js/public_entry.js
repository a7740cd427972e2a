/* A public entry page: copying the citation, and reading the answer aloud with a voice of this device. */
(function () {
  "use strict";

  function selectText(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  /* Where the browser refuses the clipboard, the words stand selected. */
  function copy(button) {
    const source = document.getElementById(button.dataset.copy);
    const told = button.parentElement.querySelector("[data-copied]");
    const refused = function () {
      selectText(source);
      told.textContent = "已选中，按 Ctrl C 复制。";
    };
    if (!navigator.clipboard) {
      refused();
      return;
    }
    navigator.clipboard.writeText(source.textContent).then(function () {
      told.textContent = "已复制。";
    }, refused);
  }

  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      copy(button);
    });
  });

  /* Only a voice of the device itself: others send the words to an outside host. */
  function ownVoice() {
    return window.speechSynthesis.getVoices().find(function (voice) {
      return voice.localService && /^zh/.test(voice.lang);
    });
  }

  function offerReading(button, words) {
    function look() {
      button.hidden = !ownVoice();
    }
    button.addEventListener("click", function () {
      if (window.speechSynthesis.speaking) {
        window.speechSynthesis.cancel();
        return;
      }
      const said = new window.SpeechSynthesisUtterance(words.innerText.replace(button.innerText, ""));
      said.voice = ownVoice();
      said.lang = said.voice.lang;
      window.speechSynthesis.speak(said);
    });
    window.speechSynthesis.addEventListener("voiceschanged", look);
    look();
  }

  const read = document.querySelector("[data-read]");
  if (read && window.speechSynthesis) {
    offerReading(read, document.querySelector("[data-read-aloud]"));
  }
})();
