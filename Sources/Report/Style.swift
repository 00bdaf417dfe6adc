import Plot

/// The page's style sheet. Its colours are those of the drawings.
enum Style {
  static let sheet = """
    :root{color-scheme:light dark;--wall:#434549;\(Theme.light)}
    @media (prefers-color-scheme:dark){:root{--wall:#666b74;\(Theme.dark)}}
    \(Theme.rules)
    \(text)\(tables)\(charts)\(replay)\(narrow)\(print)
    """

  private static let text = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--paper);color:var(--ink);\
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,\
    "Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
    main{max-width:60rem;margin:0 auto;padding:2.5rem 1.5rem 5rem}
    h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem;letter-spacing:-.01em;overflow-wrap:anywhere}
    h2{font-size:1.3rem;line-height:1.3;margin:0 0 1rem;letter-spacing:-.005em}
    h3{font-size:1rem;margin:1.5rem 0 .25rem}
    p{margin:.5rem 0 1rem;max-width:46rem}
    a{color:var(--s0)}
    section{margin-top:3.5rem}
    .note,figcaption{color:var(--muted);font-size:.875rem;line-height:1.5}
    figcaption b{color:var(--ink)}
    .words{overflow-wrap:anywhere}
    nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:1.5rem;font-size:.875rem}
    nav a{text-decoration:none}
    nav a:hover{text-decoration:underline}
    .headline{margin-top:1.5rem;padding:1.25rem 1.5rem;background:var(--panel);\
    border-left:3px solid var(--s0)}
    .headline,.headline p,.headline ul{font-size:1.0625rem;max-width:none}
    .headline p{margin:0}
    .headline .n{font-weight:650;white-space:nowrap}
    .headline ul{list-style:none;margin:1rem 0 0;padding:0}
    .headline li{margin:.4rem 0 0;padding-left:1.5rem;position:relative}
    .headline li::before{position:absolute;left:0;font-weight:700}
    .headline .fault::before{content:"✕";color:var(--bad)}
    .headline .limit::before{content:"–";color:var(--muted)}
    .headline .fault b{color:var(--bad)}
    pre{background:var(--panel);padding:1rem;overflow-x:auto;font-size:.8125rem;line-height:1.5;\
    margin:.75rem 0}
    code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
    summary{cursor:pointer;font-weight:600}
    details{margin-top:1rem}
    .facts{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.5rem;font-size:.875rem}
    .facts dt{color:var(--muted)}
    .facts dd{margin:0;overflow-wrap:anywhere}
    .difference{font:.8125rem/2 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;\
    max-width:none;\
    overflow-wrap:anywhere}
    .difference span,.difference del,.difference ins{padding:.1em .35em;border-radius:2px;white-space:nowrap;\
    display:inline-block;line-height:1.4}
    .difference span{background:var(--panel)}
    .difference del{color:var(--bad);outline:1px dashed var(--bad)}
    .difference ins{color:var(--s2);outline:1px solid var(--s2);text-decoration:none}
    .difference ins::before{content:"+ "}
    .difference del::before{content:"− ";display:inline-block;text-decoration:none}
    .strip del{color:var(--muted);outline-color:var(--muted);text-decoration:none}
    .strip .untrue{color:var(--bad);outline:1px solid var(--bad)}

    """

  private static let tables = """
    .scroll{overflow-x:auto;margin:1rem 0 1.5rem}
    table{border-collapse:collapse;font-size:.8125rem;line-height:1.35;width:100%}
    caption{text-align:left;font-weight:600;padding-bottom:.5rem;font-size:.875rem}
    th,td{padding:.32rem .45rem;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap;\
    vertical-align:bottom}
    .many th,.many td{padding:.32rem .24rem}
    thead th{color:var(--muted);font-weight:500;white-space:normal;line-height:1.25}
    tbody th{font-weight:500}
    .left{text-align:left}
    tbody th,thead th:first-child{position:sticky;left:0;background:var(--paper)}
    .ends{color:var(--muted)}
    th[title]{text-decoration:underline dotted;text-underline-offset:3px}
    .hash{display:inline-block;max-width:16ch;overflow:hidden;text-overflow:ellipsis;vertical-align:bottom}

    """

  private static let charts = """
    figure{margin:1.5rem 0}
    .chart figcaption{margin-bottom:.5rem;max-width:46rem}
    .narrow{display:none}
    .narrow .plot{width:100%}
    .board{width:100%;max-width:22rem;height:auto;display:block}
    .board .ground{fill:var(--panel)}
    .board .walls{fill:var(--wall)}
    .board .coordinates text{font:10px system-ui,sans-serif;fill:var(--muted)}
    .board .cells rect{fill:none;stroke:none}
    .board .cells .open{stroke:var(--s0);stroke-width:calc(var(--u)*.1);rx:50%}
    .board .cells .closed{fill:var(--s0);fill-opacity:.4;stroke:none;rx:1px}
    .board .cells .now{stroke:var(--ink);stroke-width:calc(var(--u)*.12)}
    .board .route{fill:none;stroke:var(--s1);stroke-width:calc(var(--u)*.17);stroke-linejoin:round;\
    stroke-linecap:round}
    .board .targets{fill:none;stroke:var(--muted);stroke-width:calc(var(--u)*.06)}
    .board .pieces{fill:var(--s3);fill-opacity:.75;stroke:var(--ink);stroke-width:calc(var(--u)*.05)}
    .board .mover{fill:var(--ink);stroke:var(--paper);stroke-width:calc(var(--u)*.06)}
    .diagram{width:100%;height:auto;display:block}
    .diagram rect{fill:var(--paper);stroke:var(--rule)}
    .diagram text{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;\
    fill:var(--ink)}
    .diagram .edges{fill:none;stroke:var(--muted);stroke-width:.75}
    .diagram .kept rect,.diagram .added rect{fill:var(--panel);stroke:var(--s0);stroke-width:2}
    .diagram .skipped rect{stroke:var(--muted);stroke-dasharray:3 3}
    .diagram .skipped text{fill:var(--muted)}
    .diagram .untrue rect{stroke:var(--bad);stroke-width:2}
    .diagram .untrue text{fill:var(--bad)}
    .diagram .output rect{rx:12px;stroke:var(--ink)}
    .board .ends text{font:700 10px system-ui,sans-serif;font-size:calc(var(--u)*.62);fill:var(--ink);\
    paint-order:stroke;stroke:var(--paper);\
    stroke-width:calc(var(--u)*.14)}
    .board .crosses{stroke:var(--bad);stroke-width:calc(var(--u)*.13);fill:none}

    """

  private static let replay = """
    #replay:focus-visible{outline:2px solid var(--s0);outline-offset:6px}
    .controls label{font-size:.875rem}
    select,button{font:inherit;font-size:.875rem;color:inherit;background:var(--panel);\
    border:1px solid var(--rule);\
    border-radius:3px;padding:.25rem .6rem;max-width:100%}
    button{cursor:pointer;min-width:2.2rem}
    .transport{display:flex;align-items:center;gap:.5rem;margin-top:.75rem}
    .transport input{flex:1;min-width:6rem;accent-color:var(--s0)}
    .transport output{min-width:6.5rem;text-align:right;font-size:.875rem}
    #replay-play{min-width:4.2rem}
    .boards{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:1.5rem}
    .boards figure{margin:.5rem 0}
    .response figcaption{margin-bottom:.4rem}
    .response .now{font:.8125rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;\
    min-height:4.2em;margin:.5rem 0;overflow-wrap:anywhere}
    .response p.now:empty{display:none}
    .response .now.untrue{color:var(--bad);font-weight:600}
    .response .now.illegal{color:var(--s1);font-weight:600}
    .response .note{margin:.25rem 0}
    .legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;margin:1rem 0 0;\
    font-size:.8125rem;color:var(--muted)}
    .legend li::before{content:"";display:inline-block;width:.7em;height:.7em;margin-right:.45em}
    .legend .open::before{border:2px solid var(--s0);border-radius:50%}
    .legend .closed::before{background:var(--s0);opacity:.4}
    .legend .now::before{border:2px solid var(--ink)}
    .legend .piece::before{background:var(--s3);border:1px solid var(--ink)}
    .legend .target::before{border:1px solid var(--muted);transform:rotate(45deg) scale(.8)}
    .legend .mover::before{background:var(--ink);border-radius:50%}
    .legend .kept::before{background:var(--panel);border:1px solid var(--s0)}
    .legend .skipped::before{border:1px dashed var(--muted)}
    .legend .added::before{border:1px solid var(--s2)}
    .legend .plain::before{border:1px solid var(--rule)}
    .legend .output::before{border:1px solid var(--ink);border-radius:50%}
    .legend .plan::before{height:4px;background:var(--s1);vertical-align:.2em}
    .legend .untrue::before,.legend .illegal::before{display:none}
    .legend .untrue{color:var(--bad)}
    .scripted .task:not(.chosen){display:none}
    .scripted .task h3{display:none}

    """

  private static let narrow = """
    @media (max-width:620px){main{padding:1.5rem 1rem 3rem}.wide{display:none}.narrow{display:block}\
    .headline{padding:1rem}tbody th{white-space:normal;min-width:4.5rem}\
    .boards{grid-template-columns:minmax(0,1fr)}.board{max-width:17rem}\
    .facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}.response .now{min-height:2.8em}\
    .transport{flex-wrap:wrap}.transport input{order:9;flex-basis:100%}}

    """

  private static let print = """
    @media print{@page{margin:16mm}#replay{outline:none!important}:root{--wall:#434549;\(Theme.light)}\
    body{font-size:10pt}main{max-width:none;padding:0}\
    nav,.controls,.legend .now{display:none!important}section{margin-top:1.6rem}\
    h2,h3,caption{break-after:avoid}\
    .scroll,pre{overflow:visible}pre{white-space:pre-wrap;overflow-wrap:anywhere}table{font-size:7pt}\
    th,td{padding:.2rem .25rem}tr,figure,.headline,.task{break-inside:avoid}\
    .board,.legend,pre,.headline{print-color-adjust:exact}a{color:inherit}\
    .scripted .task:not(.chosen),.scripted .task h3{display:block}.response .now{display:none}\
    .wide{display:block}.narrow{display:none}.hash{max-width:none;font-size:5.5pt}.boards{\
    grid-template-columns:repeat(3,minmax(0,1fr))}.board{max-width:100%}}
    """
}
