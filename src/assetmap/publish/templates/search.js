(function () {
  "use strict";
  var one = function (what) { return document.querySelector(what); };
  var form = one("#search-form"), reply = one("#replied"), asked = one("#asked");
  var known = JSON.parse(one("#known").textContent);
  var verdicts = Array.prototype.map.call(one("#verdicts").children, function (item) {
    return item.textContent;
  });
  form.hidden = false;
  Array.prototype.forEach.call(document.querySelectorAll(".no-script"), function (part) {
    part.hidden = true;
  });

  function say(name, values) {
    return form.getAttribute("data-" + name).replace(/\[(\w+)\]/g, function (_, key) {
      return apart(values[key]);
    });
  }

  // a name that runs the other way than the page does not take what stands beside it along
  function apart(text) {
    var other = document.documentElement.dir === "rtl" ? /[A-Za-z\u00aa-\u02b8]/
      : /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
    return other.test(text) ? "\u2068" + text + "\u2069" : text;
  }

  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLocaleLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  // the number of the area that holds a postcode, or -1
  function areaOf(sector, letters) {
    var found = known.postcodes[sector];
    if (!found) { return -1; }
    var wanted = known.letters.indexOf(letters[0]) * known.letters.length +
      known.letters.indexOf(letters[1]);
    var at = 0, base = known.signs.length, unit = -1;
    function next() {
      var value = known.signs.indexOf(found[1][at]);
      at += 1;
      if (value < base - 1) { return value; }
      at += 2;
      return known.signs.indexOf(found[1][at - 2]) * base + known.signs.indexOf(found[1][at - 1]);
    }
    while (at < found[1].length) {
      unit += next() + 1;
      var area = found[0][next()];
      if (unit === wanted) { return area; }
      if (unit > wanted) { break; }
    }
    return -1;
  }

  function line(tag, text, inside) {
    var made = document.createElement(tag);
    made.textContent = text;
    inside.appendChild(made);
    return made;
  }

  function link(text, href, inside) {
    var made = line("a", text, inside);
    made.href = href;
    return made;
  }

  function tellArea(number, lead) {
    var area = known.areas[number];
    line("p", lead ? lead + " " + say("in", { place: area[0] }) : area[0] + ".", reply).className =
      "lead";
    if (verdicts.length) { line("p", verdicts[area[1] - 1], reply); }
    line("p", say("people", { people: area[2] }), reply);
    var ways = document.createElement("p");
    ways.className = "ways";
    link(say("more", { place: area[0] }), area[3] || "#" + area[4], ways);
    var show = line("button", say("show", {}), ways);
    show.type = "button";
    show.addEventListener("click", function () {
      if (window.assetmapShow) { window.assetmapShow(area[4]); }
    });
    reply.appendChild(ways);
  }

  function tellMany(lead, found) {
    line("p", lead, reply).className = "lead";
    var list = document.createElement("ul");
    found.slice(0, 12).forEach(function (item) {
      link(item[0], item[1], line("li", "", list));
    });
    reply.appendChild(list);
  }

  function areaLink(number) {
    var area = known.areas[number];
    return [area[0], area[3] || "#" + area[4]];
  }

  function byName(words) {
    var found = [];
    function look(names, item) {
      var rank = Math.min.apply(null, names.map(function (name) {
        var text = plain(name), at = (" " + text).indexOf(" " + words);
        return text === words ? 0 : at === 0 ? 1 : at > 0 ? 2 : 9;
      }));
      if (rank < 9) { found.push([rank, found.length, item]); }
    }
    known.areas.forEach(function (area, number) {
      look([area[0], area[5], area[6]], { area: number });
    });
    known.units.forEach(function (unit) { look([unit[0]], { unit: unit }); });
    known.streets.forEach(function (street) { look([street[0]], { street: street }); });
    found.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
    return found;
  }

  function tellOne(item) {
    if (item.unit) {
      var members = item.unit[2].map(areaLink);
      tellMany(say("unit", { name: item.unit[0] }),
        (item.unit[1] ? [[item.unit[0], item.unit[1]]] : []).concat(members));
    } else if (item.street && item.street[1].length > 1) {
      tellMany(say("street", { name: item.street[0] }), item.street[1].map(areaLink));
    } else if (item.street) {
      tellArea(item.street[1][0], item.street[0]);
    } else { tellArea(item.area, ""); }
  }

  function entry(item) {
    if (item.unit) { return [item.unit[0], item.unit[1] || areaLink(item.unit[2][0])[1]]; }
    if (item.street) {
      var first = areaLink(item.street[1][0]);
      return [item.street[0] + ": " + first[0], first[1]];
    }
    return areaLink(item.area);
  }

  function search() {
    var text = asked.value.trim();
    reply.textContent = "";
    if (!text) { line("p", say("empty", {}), reply); return; }
    var code = text.toUpperCase().replace(/\s+/g, "").match(/^([A-Z]{1,2}\d[A-Z\d]?)(\d)([A-Z]{2})$/);
    if (code) {
      var written = code[1] + " " + code[2] + code[3];
      var area = areaOf(code[1] + " " + code[2], code[3]);
      if (area >= 0) { tellArea(area, written); return; }
      var has = Object.keys(known.postcodes).length > 0;
      line("p", say(has ? "no-postcode" : "no-postcodes", { asked: written }), reply);
      return;
    }
    var words = plain(text), found = words ? byName(words) : [];
    if (!found.length) { line("p", say("none", { asked: text }), reply); }
    else if (found.length === 1 || found[0][0] === 0 && found[1][0] > 0) { tellOne(found[0][2]); }
    else { tellMany(say("several", { asked: text }), found.map(function (it) { return entry(it[2]); })); }
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
})();
