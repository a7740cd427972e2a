/*
 * The fourth reader of the condition tree, for pages that must not send what was answered. It follows the rules of
 * enforcement/conditions/evaluate.py: three values by Kleene, a missing answer or one that is no option is unknown.
 *
 * A fact is {type, options}; an answer is the JSON value of facts.py: fen and counts are whole numbers, decimals and
 * days are text. Decimals are compared digit by digit as whole numbers of the same scale, never as floats.
 */
(function () {
  "use strict";

  const TRUE = "true";
  const FALSE = "false";
  const UNKNOWN = "unknown";

  function negate(truth) {
    if (truth === UNKNOWN) {
      return UNKNOWN;
    }
    return truth === TRUE ? FALSE : TRUE;
  }

  function childrenOf(node) {
    return node.all || node.any || (node.not ? [node.not] : []);
  }

  function combine(node, truths) {
    if (node.not) {
      return negate(truths[0]);
    }
    const deciding = node.all ? FALSE : TRUE;
    if (truths.includes(deciding)) {
      return deciding;
    }
    return truths.includes(UNKNOWN) ? UNKNOWN : negate(deciding);
  }

  /* "-12.5" and a number of places as one whole number: -1250 for two places. */
  function scaled(text, places) {
    const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text));
    if (!parts) {
      throw new Error("not a decimal: " + text);
    }
    const digits = BigInt(parts[2] + (parts[3] || "").padEnd(places, "0"));
    return parts[1] ? -digits : digits;
  }

  function placesOf(text) {
    const point = String(text).indexOf(".");
    return point < 0 ? 0 : String(text).length - point - 1;
  }

  function sign(left, right) {
    if (left === right) {
      return 0;
    }
    return left < right ? -1 : 1;
  }

  /* -1, 0 or 1. Days are written as 2025-03-01, so that the order of their text is the order of time. */
  function order(fact, left, right) {
    if (fact.type === "decimal") {
      const places = Math.max(placesOf(left), placesOf(right));
      return sign(scaled(left, places), scaled(right, places));
    }
    if (fact.type === "grade") {
      return sign(fact.options.indexOf(left), fact.options.indexOf(right));
    }
    if (fact.type === "integer" || fact.type === "money") {
      return sign(BigInt(left), BigInt(right));
    }
    return sign(left, right);
  }

  function holds(leaf, answer, fact) {
    function against(value) {
      return order(fact, answer, value);
    }
    function among() {
      return leaf.value.some(function (value) {
        return against(value) === 0;
      });
    }
    switch (leaf.op) {
      case "eq":
        return against(leaf.value) === 0;
      case "ne":
        return against(leaf.value) !== 0;
      case "lt":
        return against(leaf.value) < 0;
      case "le":
        return against(leaf.value) <= 0;
      case "gt":
        return against(leaf.value) > 0;
      case "ge":
        return against(leaf.value) >= 0;
      case "between":
        return against(leaf.value[0]) >= 0 && against(leaf.value[1]) <= 0;
      case "in":
        return among();
      case "not_in":
        return !among();
      default:
        throw new Error("no such comparison: " + leaf.op);
    }
  }

  function leafTruth(leaf, answers, facts) {
    const answer = answers[leaf.fact];
    const fact = facts[leaf.fact];
    if (answer === undefined || answer === null) {
      return UNKNOWN;
    }
    if ((fact.type === "choice" || fact.type === "grade") && !fact.options.includes(answer)) {
      return UNKNOWN;
    }
    return holds(leaf, answer, fact) ? TRUE : FALSE;
  }

  /* {node, truth, children}: the reason of every node, in the shape of the tree. */
  function evaluate(node, answers, facts) {
    if (node.fact) {
      return { node: node, truth: leafTruth(node, answers, facts), children: [] };
    }
    const children = childrenOf(node).map(function (child) {
      return evaluate(child, answers, facts);
    });
    const truths = children.map(function (child) {
      return child.truth;
    });
    return { node: node, truth: combine(node, truths), children: children };
  }

  function collect(explanation, goesOn, codes) {
    if (explanation.node.fact) {
      codes.add(explanation.node.fact);
    }
    explanation.children.forEach(function (child) {
      if (goesOn(explanation, child)) {
        collect(child, goesOn, codes);
      }
    });
    return codes;
  }

  /* Codes of unknown facts that could still change the result, in the order they appear. */
  function openFacts(explanation) {
    if (explanation.truth !== UNKNOWN) {
      return [];
    }
    return Array.from(
      collect(
        explanation,
        function (parent, child) {
          return child.truth === UNKNOWN;
        },
        new Set()
      )
    );
  }

  /* Codes of the facts on which a decided result rests. */
  function decisiveFacts(explanation) {
    if (explanation.truth === UNKNOWN) {
      return [];
    }
    return Array.from(
      collect(
        explanation,
        function (parent, child) {
          return child.truth === (parent.node.not ? negate(parent.truth) : parent.truth);
        },
        new Set()
      )
    );
  }

  window.hengduConditions = {
    evaluate: evaluate,
    openFacts: openFacts,
    decisiveFacts: decisiveFacts,
    TRUE: TRUE,
    FALSE: FALSE,
    UNKNOWN: UNKNOWN,
  };
})();
