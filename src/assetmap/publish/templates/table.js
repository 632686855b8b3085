(function () {
  "use strict";
  var all = function (what, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(what));
  };
  var one = function (what) { return document.querySelector(what); };

  all(".script-only").forEach(function (part) { part.hidden = false; });

  // ---------------------------------------------------------------- the table: sort and find
  var table = one("#areas"), body = table.tBodies[0], said = one("#said");

  function value(row, column, kind) {
    var cell = row.cells[column];
    var text = cell.getAttribute("data-v") || cell.textContent.trim();
    if (kind === "text") { return text; }
    var number = parseFloat(text.replace(/,/g, ""));
    return isNaN(number) ? null : number;
  }

  function sortBy(header, column) {
    var down = header.getAttribute("aria-sort") === "ascending";
    var kind = header.getAttribute("data-sort");
    var rows = all("tr", body).map(function (row, place) {
      return { row: row, place: place, value: value(row, column, kind) };
    });
    rows.sort(function (a, b) {
      if (a.value === null || b.value === null) {
        return (a.value === null) - (b.value === null) || a.place - b.place;
      }
      var order = kind === "text"
        ? a.value.localeCompare(b.value, document.documentElement.lang, { numeric: true })
        : a.value - b.value;
      return (down ? -order : order) || a.place - b.place;
    });
    rows.forEach(function (item) { body.appendChild(item.row); });
    all("th[data-sort]", table.tHead).forEach(function (other) {
      other.removeAttribute("aria-sort");
    });
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    said.textContent = said.getAttribute(down ? "data-down" : "data-up") + " " +
      header.textContent.trim().replace(/\s+/g, " ");
  }

  all("th[data-sort]", table.tHead).forEach(function (header, column) {
    var button = document.createElement("button");
    button.type = "button";
    while (header.firstChild) { button.appendChild(header.firstChild); }
    header.appendChild(button);
    button.addEventListener("click", function () { sortBy(header, column); });
  });

  var find = one("#find");
  find.addEventListener("input", function () {
    var asked = find.value.trim().toLocaleLowerCase(), shown = 0;
    all("tr", body).forEach(function (row) {
      row.hidden = asked !== "" && row.textContent.toLocaleLowerCase().indexOf(asked) < 0;
      shown += row.hidden ? 0 : 1;
    });
    said.textContent = said.getAttribute("data-found") + " " + shown;
  });

  // ------------------------------------------------ the rows that are shown, as they are sorted
  var take = one("#take"), none = take.getAttribute("data-none");

  function cellText(cell) {
    var text = cell.textContent.trim().replace(/\s+/g, " ");
    if (text === none) { return ""; }
    if (cell.className === "number") { return text.replace(/,/g, ""); }
    // a spreadsheet would take these for a formula
    text = /^[=+\-@]/.test(text) ? "'" + text : text;
    return /[",]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  take.addEventListener("click", function () {
    var rows = all("tr", body).filter(function (row) { return !row.hidden; });
    var lines = [table.tHead.rows[0]].concat(rows).map(function (row) {
      return Array.prototype.map.call(row.cells, cellText).join(",");
    });
    var file = new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = table.getAttribute("data-file");
    link.click();
    URL.revokeObjectURL(link.href);
    said.textContent = take.getAttribute("data-said") + " " + rows.length;
  });

  // a link to an entry inside a closed list opens the list
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    var folded = target && target.closest("details");
    if (folded && !folded.open) {
      folded.open = true;
      target.scrollIntoView();
    }
  }
  window.addEventListener("hashchange", reveal);
  reveal();
})();
