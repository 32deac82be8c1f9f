package org.pharos.pipelines.report;

import java.util.List;

/** HTML text, part by part, into one page that needs no other file. */
public final class Html {
  private static final String STYLE =
      """
      :root{--ink:#1c2733;--soft:#5d6b7a;--line:#dfe5ec;--paper:#f5f7fa;--card:#fff;
        --c1:#1769aa;--c2:#d9822b;--c3:#2e8b6f;--good:#1d7f4e;--bad:#b3261e}
      @media(prefers-color-scheme:dark){:root{--ink:#e6ebf1;--soft:#9aa8b7;--line:#2d3946;
        --paper:#11181f;--card:#18222c;--c1:#5aa9e6;--c2:#f0a04b;--c3:#58c09b;--good:#4ccb8a;
        --bad:#ff7b72}}
      *{box-sizing:border-box}
      body{margin:0;background:var(--paper);color:var(--ink);
        font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
      main{max-width:1080px;margin:0 auto;padding:32px 20px 64px}
      h1{font-size:28px;margin:0 0 4px;letter-spacing:-.01em}
      h2{font-size:19px;margin:40px 0 6px}
      h3{font-size:14px;margin:0 0 6px;font-weight:600}
      p{margin:0 0 12px;max-width:72ch}
      .soft,figcaption{color:var(--soft)}
      .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;
        margin:22px 0}
      .tile,figure,.card{background:var(--card);border:1px solid var(--line);border-radius:10px;
        padding:14px 16px;margin:0}
      .tile b{display:block;font-size:24px;line-height:1.25;font-variant-numeric:tabular-nums}
      .tile span{color:var(--soft);font-size:13px}
      .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:14px}
      figure{margin:12px 0}
      .pair figure{margin:0}
      figcaption{font-size:13px;margin-top:4px}
      table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
      .card{overflow-x:auto}
      th{font-weight:600;text-align:left;color:var(--soft);font-size:13px}
      th,td{padding:6px 10px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
      tr:last-child td{border-bottom:0}
      td.n,th.n{text-align:right}
      .good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
      code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
      pre{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px;
        overflow-x:auto;margin:8px 0 14px}
      td code{word-break:break-word}
      .meter{height:9px;border-radius:5px;background:var(--c1);min-width:2px}
      svg{width:100%;height:auto;display:block}
      svg text{fill:var(--soft);font-size:11px}
      svg .name{font-size:12px;fill:var(--ink)}svg .key{font-size:12px;fill:var(--ink)}
      .grid{stroke:var(--line)}.axis,.mark{stroke:var(--soft)}
      .f1,.k1,.d1{fill:var(--c1)}.f2,.k2,.d2{fill:var(--c2)}.f3,.k3,.d3{fill:var(--c3)}
      .d1,.d2,.d3{fill-opacity:.6}
      .a1{fill:var(--c1);fill-opacity:.16}.a2{fill:var(--c2);fill-opacity:.16}
      .l1,.l2{fill:none;stroke-width:2;stroke-linejoin:round}.l1{stroke:var(--c1)}
      .l2{stroke:var(--c2)}
      .r1{stroke:var(--c1);stroke-width:8;stroke-opacity:.45;stroke-linecap:round}
      .t1,.t2{stroke-width:3}.t1{stroke:var(--c1)}.t2{stroke:var(--c2)}
      .hover{fill:transparent}
      """;

  private final StringBuilder body = new StringBuilder();

  /** Adds what is HTML already. */
  public Html add(String html) {
    body.append(html).append('\n');
    return this;
  }

  /** Adds an element with a text. */
  public Html element(String tag, String text) {
    return add("<" + tag + ">" + escape(text) + "</" + tag.split(" ", 2)[0] + ">");
  }

  /** Adds a chart with a heading and what it shows. */
  public Html figure(String heading, String svg, String caption) {
    return add(
        "<figure><h3>"
            + escape(heading)
            + "</h3>"
            + svg
            + (caption.isEmpty() ? "" : "<figcaption>" + escape(caption) + "</figcaption>")
            + "</figure>");
  }

  /**
   * Adds a table.
   *
   * @param heads the names of columns; one that begins with # has numbers
   * @param rows cells that are HTML already
   */
  public Html table(List<String> heads, List<List<String>> rows) {
    StringBuilder out = new StringBuilder("<div class='card'><table><tr>");
    for (String head : heads) {
      out.append(head.startsWith("#") ? "<th class='n'>" : "<th>");
      out.append(escape(head.replaceFirst("^#", ""))).append("</th>");
    }
    for (List<String> row : rows) {
      out.append("</tr><tr>");
      for (int i = 0; i < row.size(); i++) {
        out.append(heads.get(i).startsWith("#") ? "<td class='n'>" : "<td>");
        out.append(row.get(i)).append("</td>");
      }
    }
    return add(out.append("</tr></table></div>").toString());
  }

  /** The whole page. */
  public String page(String title) {
    return "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        + "<meta name='viewport' content='width=device-width,initial-scale=1'><title>"
        + escape(title)
        + "</title><style>\n"
        + STYLE
        + "</style></head><body><main>\n"
        + body
        + "</main></body></html>\n";
  }

  /** A text with what HTML would read as markup replaced. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
