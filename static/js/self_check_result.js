/* The result of a self-check: the conclusion in words, every condition with ✓, ✗ or ?, what decided, what to do next. */
(function () {
  "use strict";

  const reader = window.hengduConditions;
  const logic = window.hengduSelfCheck;
  const parts = window.hengduParts;
  const make = parts.make;
  const part = parts.part;

  function changeLink(context, code, words) {
    const number = context.way.asked.indexOf(code) + 1;
    const button = make("button", "button button-plain button-small no-print", [
      "更改",
      make("span", "visually-hidden", "第 " + number + " 问：" + words),
    ]);
    button.type = "button";
    button.addEventListener("click", function () {
      context.acts.change(number);
    });
    return button;
  }

  function askedNumbers(way, tree) {
    const codes = new Set();
    (function walk(node) {
      if (node.fact) {
        codes.add(node.fact);
      }
      (node.all || node.any || (node.not ? [node.not] : [])).forEach(walk);
    })(tree);
    return way.asked.reduce(function (found, code, position) {
      return codes.has(code) ? found.concat(position + 1) : found;
    }, []);
  }

  function conditionLine(context, row) {
    const truth = reader.evaluate(row.tree, context.found.answers, context.check.facts).truth;
    const state = { true: "is-met", false: "is-unmet", unknown: "is-unknown" }[truth];
    const numbers = askedNumbers(context.way, row.tree);
    const words = row.plain.map(function (line) {
      return make("span", "plain", line);
    });
    return make("li", "condition " + state, [
      parts.mark(truth),
      make("p", "", [row.text].concat(words)),
      make("p", "source", numbers.length ? "第 " + numbers.join("、") + " 问" : "没有问到"),
    ]);
  }

  function conditionList(context, entry) {
    return make(
      "ol",
      "conditions",
      entry.rows.map(function (row) {
        return conditionLine(context, row);
      })
    );
  }

  function headline(found) {
    const entry = found.shown.entry;
    if (found.state === "met") {
      return entry.possible;
    }
    if (found.state === "partly") {
      return "至少" + entry.possible;
    }
    return found.state === "open" ? "还不能判断" : "不符合清单的条件";
  }

  function summary(found) {
    const entry = found.shown.entry;
    const law = entry.must ? "符合条件的，执法机关应当这样处理。" : "符合条件的，执法机关可以这样处理。";
    if (found.state === "met") {
      return "您的回答符合“" + entry.title + "”的条件。" + law;
    }
    if (found.state === "partly") {
      return "您的回答符合“" + entry.title + "”的条件。是否" + found.better.entry.possible + "，还有没弄清的事。";
    }
    if (found.state === "open") {
      return "有些事还没有弄清。弄清以后再查一次，就能看到结果。";
    }
    return "您的回答有不符合的地方。这不等于一定会罚，由执法机关依法处理。";
  }

  function fillList(list, lines) {
    lines.forEach(function (line) {
      list.append(make("li", "", make("p", "", line)));
    });
  }

  function steps(found) {
    const entry = found.shown.entry;
    const holds = found.state === "met" || found.state === "partly";
    const lines = [];
    if (holds && entry.measure) {
      lines.push("不采取的措施：" + entry.measure + "。");
    }
    if (holds && entry.follow_up.length) {
      lines.push("执法机关同时会：" + entry.follow_up.join("；") + "。");
    }
    if (found.state === "open") {
      lines.push("先弄清下面还没有确定的事，再查一次。");
    }
    if (found.state === "none") {
      lines.push("还没有改正的，尽快改正，并保留改正的证据。");
    } else {
      lines.push("保留改正的照片、单据等证据，检查时交给执法人员。");
      lines.push("向执法人员说明适用" + entry.source + "。");
    }
    lines.push("处罚前，您有权陈述和申辩；不会因为申辩罚得更重。");
    return lines;
  }

  function drawAnswers(list, context) {
    context.way.asked.forEach(function (code) {
      const fact = context.check.facts[code];
      const place = context.given[code];
      const words = place === logic.UNSURE ? "不确定" : fact.answers[place].label;
      const said = make("dd", "", words);
      if (context.found.decisive.has(code)) {
        said.append(" ", make("span", "tag", "影响了结论"));
      }
      const change = make("dd", "change", changeLink(context, code, fact.question));
      list.append(make("div", "", [make("dt", "", fact.question), said, change]));
    });
  }

  function otherEntry(context, one) {
    const truth = one.explanation.truth;
    const states = { true: one.entry.possible, false: "不符合", unknown: "还不能判断" };
    const link = make("a", "", one.entry.short + "全文");
    link.href = one.entry.url;
    return make("details", "fold", [
      make("summary", "", states[truth] + "：" + one.entry.title + "（" + one.entry.verdict + "）"),
      make("p", "meta", [one.entry.source + "　", link]),
      conditionList(context, one.entry),
    ]);
  }

  function fill(page, context) {
    const found = context.found;
    const entry = found.shown.entry;
    part(page, "source").textContent = "依据 " + entry.source;
    part(page, "answer").classList.add("is-" + found.state);
    part(page, "headline").textContent = headline(found);
    part(page, "summary").textContent = summary(found);
    part(page, "lead-in").textContent = entry.leadIn;
    part(page, "conditions").replaceWith(conditionList(context, entry));
    fillList(part(page, "steps"), steps(found));
    const missing = found.missing.map(function (code) {
      return context.check.facts[code].question;
    });
    part(page, "missing-section").hidden = !missing.length;
    fillList(part(page, "missing"), missing);
    part(page, "answers-section").hidden = !context.way.asked.length;
    drawAnswers(part(page, "answers"), context);
    part(page, "others-section").hidden = !found.others.length;
    found.others.forEach(function (one) {
      part(page, "others").append(otherEntry(context, one));
    });
    part(page, "entry-link").href = entry.url;
    part(page, "entry-link").textContent = "看" + entry.short + "全文";
  }

  /* The result as a piece of page. `acts.change(number)` and `acts.again()` are what its buttons do. */
  window.hengduSelfCheckResult = function (check, given, way, acts) {
    const page = parts.copyOf("check-result");
    const found = logic.conclude(check, given);
    fill(page, { check: check, given: given, way: way, acts: acts, found: found });
    part(page, "print").addEventListener("click", function () {
      window.print();
    });
    part(page, "again").addEventListener("click", acts.again);
    return page;
  };
})();
