/*
 * Which question comes next in a self-check, and what the answers come to. Nothing here touches the page.
 *
 * `check` is the document of exemption_lists/self_check.py. `given` holds, by fact, the place of the chosen answer or
 * UNSURE. The course is a function of the answers alone: whoever changes an answer walks the same way as somebody who
 * had given it at once.
 */
(function () {
  "use strict";

  const reader = window.hengduConditions;
  const UNSURE = -1;

  function known(check, given, codes) {
    const answers = {};
    codes.forEach(function (code) {
      if (given[code] !== undefined && given[code] !== UNSURE) {
        answers[code] = check.facts[code].answers[given[code]].value;
      }
    });
    return answers;
  }

  /* What is said about the penalty, and apart from it what is said about measures of compulsion. */
  function groups(check) {
    return [
      check.entries.filter(function (entry) {
        return entry.rank !== null;
      }),
      check.entries.filter(function (entry) {
        return entry.rank === null;
      }),
    ].filter(function (group) {
      return group.length;
    });
  }

  /* The entries of a group with their truth, the best that holds, and those that could still give something better. */
  function judge(check, group, answers) {
    const judged = group.map(function (entry) {
      return { entry: entry, explanation: reader.evaluate(entry.tree, answers, check.facts) };
    });
    const best = judged.find(function (one) {
      return one.explanation.truth === reader.TRUE;
    });
    const open = judged.filter(function (one) {
      const better = !best || (one.entry.rank !== null && one.entry.rank < best.entry.rank);
      return one.explanation.truth === reader.UNKNOWN && better;
    });
    return { judged: judged, best: best || null, open: open };
  }

  function openEntries(check, answers) {
    return groups(check).reduce(function (found, group) {
      return found.concat(judge(check, group, answers).open);
    }, []);
  }

  function worthAsking(one, asked) {
    return reader.openFacts(one.explanation).filter(function (code) {
      return !asked.includes(code);
    });
  }

  /* How many questions would be left on average if this fact were known: the fewer, the more it decides. */
  function leftOver(check, answers, asked, code) {
    const choices = check.facts[code].answers;
    const total = choices.reduce(function (sum, choice) {
      const supposed = Object.assign({}, answers);
      supposed[code] = choice.value;
      return openEntries(check, supposed).reduce(function (more, one) {
        return more + worthAsking(one, asked.concat(code)).length;
      }, sum);
    }, 0);
    return total / choices.length;
  }

  /* Of the first open entry, which is the most lenient one, the fact that decides most; null when nothing is left. */
  function choose(check, answers, asked) {
    const entry = openEntries(check, answers).find(function (one) {
      return worthAsking(one, asked).length;
    });
    if (!entry) {
      return null;
    }
    let chosen = null;
    let least = Infinity;
    worthAsking(entry, asked).forEach(function (code) {
      const left = leftOver(check, answers, asked, code);
      if (left < least) {
        chosen = code;
        least = left;
      }
    });
    return chosen;
  }

  /* {asked, next, most}: facts asked so far in their order, the next one or null, and how many there can be at most. */
  function course(check, given) {
    const asked = [];
    let next = choose(check, {}, asked);
    while (next !== null && given[next] !== undefined && asked.length < check.most) {
      asked.push(next);
      next = choose(check, known(check, given, asked), asked);
    }
    if (asked.length === check.most) {
      next = null;
    }
    const open = new Set();
    openEntries(check, known(check, given, asked)).forEach(function (one) {
      worthAsking(one, asked).forEach(function (code) {
        open.add(code);
      });
    });
    const left = next === null ? 0 : open.size;
    return { asked: asked, next: next, most: Math.min(check.most, asked.length + left) };
  }

  function stateOf(verdict) {
    if (verdict.best) {
      return verdict.open.length ? "partly" : "met";
    }
    return verdict.open.length ? "open" : "none";
  }

  /*
   * {state, shown, others, decisive, missing}: met, partly (holds, and something better is still open), open or none;
   * the entry the conclusion rests on and all others, each with its explanation; facts that decided; facts still open.
   */
  function conclude(check, given) {
    const asked = course(check, given).asked;
    const answers = known(check, given, asked);
    const verdicts = groups(check).map(function (group) {
      return judge(check, group, answers);
    });
    const main = verdicts[0];
    const shown = main.best || main.open[0] || main.judged[0];
    const everything = verdicts.reduce(function (all, verdict) {
      return all.concat(verdict.judged);
    }, []);
    const decisive = new Set();
    const missing = new Set();
    main.judged.forEach(function (one) {
      reader.decisiveFacts(one.explanation).forEach(function (code) {
        decisive.add(code);
      });
    });
    main.open.forEach(function (one) {
      reader.openFacts(one.explanation).forEach(function (code) {
        missing.add(code);
      });
    });
    return {
      state: stateOf(main),
      answers: answers,
      shown: shown,
      better: main.open.length ? main.open[0] : null,
      others: everything.filter(function (one) {
        return one !== shown;
      }),
      decisive: decisive,
      missing: Array.from(missing),
    };
  }

  window.hengduSelfCheck = { UNSURE: UNSURE, course: course, conclude: conclude };
})();
