/*
 * The self-check page: one question at a time, then the result. Answers live in this variable only: nothing is sent,
 * stored or written into the address. The history of the tab holds the number of the question, so that the browser's
 * Back button works.
 */
(function () {
  "use strict";

  const place = document.querySelector("[data-self-check]");
  const source = document.getElementById("self-check-document");
  const parts = window.hengduParts;
  const logic = window.hengduSelfCheck;
  if (!place || !source) {
    return;
  }
  const RESULT = "result";
  const check = JSON.parse(source.textContent);
  const pageTitle = document.title;
  let given = {};
  let changing = false;
  let first = true;

  function show(content, title) {
    place.replaceChildren(content);
    document.title = title + " · " + pageTitle;
    if (!first) {
      place.querySelector("h1").focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    first = false;
  }

  /* A place of the course: the number of a question, or RESULT. A new one is a step for the browser's Back button. */
  function go(position) {
    window.history.pushState({ position: position }, "");
    draw();
  }

  /* the questions ------------------------------------------------------------------------------------------------ */

  function answerLine(code, text, position) {
    const id = "answer-" + (position + 1);
    const input = document.createElement("input");
    input.type = "radio";
    input.name = "answer";
    input.id = id;
    input.value = String(position);
    input.checked = given[code] === position;
    const label = parts.make("label", "", text);
    label.htmlFor = id;
    return parts.make("div", "", [input, label]);
  }

  function drawQuestion(way, number) {
    const code = number <= way.asked.length ? way.asked[number - 1] : way.next;
    const fact = check.facts[code];
    const page = parts.copyOf("check-question");
    const most = Math.max(way.most, number);
    parts.part(page, "number").textContent = "第 " + number + " 问，最多 " + most + " 问";
    for (let tick = 1; tick <= most; tick += 1) {
      const state = tick < number ? "is-done" : tick === number ? "is-now" : "";
      parts.part(page, "ticks").append(parts.make("span", state));
    }
    parts.part(page, "question").textContent = fact.question;
    parts.part(page, "hint").textContent = fact.hint;
    parts.part(page, "hint").hidden = !fact.hint;
    const answers = parts.part(page, "answers");
    fact.answers.forEach(function (answer, position) {
      answers.append(answerLine(code, answer.label, position));
    });
    answers.append(answerLine(code, "不确定", logic.UNSURE));
    answers.lastChild.querySelector("input").id = "answer-unsure";
    answers.lastChild.querySelector("label").htmlFor = "answer-unsure";
    const back = parts.part(page, "back");
    back.hidden = number === 1;
    back.addEventListener("click", function () {
      go(number - 1);
    });
    const form = page.querySelector("form");
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      take(form, code, number);
    });
    show(page, "第 " + number + " 问");
  }

  function take(form, code, number) {
    const chosen = form.querySelector("input:checked");
    const error = parts.part(form, "error");
    if (!chosen) {
      error.hidden = false;
      form.querySelector("input").focus();
      return;
    }
    given[code] = Number(chosen.value);
    const way = logic.course(check, given);
    if (way.next !== null) {
      go(way.asked.length + 1);
    } else if (changing || number >= way.asked.length) {
      changing = false;
      go(RESULT);
    } else {
      go(number + 1);
    }
  }

  function change(number) {
    changing = true;
    go(number);
  }

  function again() {
    given = {};
    changing = false;
    go(1);
  }

  function draw() {
    const way = logic.course(check, given);
    const position = (window.history.state && window.history.state.position) || 1;
    const last = way.asked.length + (way.next === null ? 0 : 1);
    if (!last || (way.next === null && position === RESULT)) {
      show(window.hengduSelfCheckResult(check, given, way, { change: change, again: again }), "结果");
    } else {
      drawQuestion(way, position === RESULT ? last : Math.min(position, last));
    }
  }

  document.querySelectorAll("[data-without-script]").forEach(function (section) {
    section.hidden = true;
  });
  place.hidden = false;
  window.addEventListener("popstate", draw);
  draw();
})();
