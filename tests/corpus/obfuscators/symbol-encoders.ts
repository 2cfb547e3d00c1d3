/** aaencode (Yosuke Hasegawa's scheme): a program as emoticons. */
export function aaencode(text: string): string {
  const digits = [
    "(c^_^o)",
    "(ﾟΘﾟ)",
    "((o^_^o) - (ﾟΘﾟ))",
    "(o^_^o)",
    "(ﾟｰﾟ)",
    "((ﾟｰﾟ) + (ﾟΘﾟ))",
    "((o^_^o) +(o^_^o))",
    "((ﾟｰﾟ) + (o^_^o))",
    "((ﾟｰﾟ) + (ﾟｰﾟ))",
    "((ﾟｰﾟ) + (ﾟｰﾟ) + (ﾟΘﾟ))",
    "(ﾟДﾟ) .ﾟωﾟﾉ",
    "(ﾟДﾟ) .ﾟΘﾟﾉ",
    "(ﾟДﾟ) ['c']",
    "(ﾟДﾟ) .ﾟｰﾟﾉ",
    "(ﾟДﾟ) .ﾟДﾟﾉ",
    "(ﾟДﾟ) [ﾟΘﾟ]",
  ];
  const head =
    "ﾟωﾟﾉ= /｀ｍ´）ﾉ ~┻━┻   //*´∇｀*/ ['_']; o=(ﾟｰﾟ)  =_=3; c=(ﾟΘﾟ) =(ﾟｰﾟ)-(ﾟｰﾟ); " +
    "(ﾟДﾟ) =(ﾟΘﾟ)= (o^_^o)/ (o^_^o);" +
    "(ﾟДﾟ)={ﾟΘﾟ: '_' ,ﾟωﾟﾉ : ((ﾟωﾟﾉ==3) +'_') [ﾟΘﾟ] ,ﾟｰﾟﾉ :(ﾟωﾟﾉ+ '_')[o^_^o -(ﾟΘﾟ)] ,ﾟДﾟﾉ:((ﾟｰﾟ==3) +'_')[ﾟｰﾟ] }; " +
    "(ﾟДﾟ) [ﾟΘﾟ] =((ﾟωﾟﾉ==3) +'_') [c^_^o];(ﾟДﾟ) ['c'] = ((ﾟДﾟ)+'_') [ (ﾟｰﾟ)+(ﾟｰﾟ)-(ﾟΘﾟ) ];(ﾟДﾟ) ['o'] = ((ﾟДﾟ)+'_') [ﾟΘﾟ];" +
    "(ﾟoﾟ)=(ﾟДﾟ) ['c']+(ﾟДﾟ) ['o']+(ﾟωﾟﾉ +'_')[ﾟΘﾟ]+ ((ﾟωﾟﾉ==3) +'_') [ﾟｰﾟ] + ((ﾟДﾟ) +'_') [(ﾟｰﾟ)+(ﾟｰﾟ)]+ ((ﾟｰﾟ==3) +'_') [ﾟΘﾟ]+" +
    "((ﾟｰﾟ==3) +'_') [(ﾟｰﾟ) - (ﾟΘﾟ)]+(ﾟДﾟ) ['c']+((ﾟДﾟ)+'_') [(ﾟｰﾟ)+(ﾟｰﾟ)]+ (ﾟДﾟ) ['o']+((ﾟｰﾟ==3) +'_') [ﾟΘﾟ];" +
    "(ﾟДﾟ) ['_'] =(o^_^o) [ﾟoﾟ] [ﾟoﾟ];(ﾟεﾟ)=((ﾟｰﾟ==3) +'_') [ﾟΘﾟ]+ (ﾟДﾟ) .ﾟДﾟﾉ+((ﾟДﾟ)+'_') [(ﾟｰﾟ) + (ﾟｰﾟ)]+((ﾟｰﾟ==3) +'_') [o^_^o -ﾟΘﾟ]+" +
    "((ﾟｰﾟ==3) +'_') [ﾟΘﾟ]+ (ﾟωﾟﾉ +'_') [ﾟΘﾟ]; (ﾟｰﾟ)+=(ﾟΘﾟ); (ﾟДﾟ)[ﾟεﾟ]='\\\\'; (ﾟДﾟ).ﾟΘﾟﾉ=(ﾟДﾟ+ ﾟｰﾟ)[o^_^o -(ﾟΘﾟ)];" +
    "(oﾟｰﾟo)=(ﾟωﾟﾉ +'_')[c^_^o];(ﾟДﾟ) [ﾟoﾟ]='\\\"';(ﾟДﾟ) ['_'] ( (ﾟДﾟ) ['_'] (ﾟεﾟ+(ﾟДﾟ)[ﾟoﾟ]+ ";
  const letters = [...Array(text.length).keys()].map((index) => {
    const code = text.charCodeAt(index);
    const figures =
      code <= 127
        ? [...code.toString(8)].map((figure) => `${digits[Number(figure)]}+ `).join("")
        : `(oﾟｰﾟo)+ ${[...code.toString(16).padStart(4, "0")].map((figure) => `${digits[Number.parseInt(figure, 16)]}+ `).join("")}`;
    return `(ﾟДﾟ)[ﾟεﾟ]+${figures}`;
  });
  return `${head}${letters.join("")}(ﾟДﾟ)[ﾟoﾟ]) (ﾟΘﾟ)) ('_');`;
}

/** jjencode (the same author's other scheme): a program out of `$ _ : + ! " [ ] ( ) { } . ~ = ,` and one name. */
export function jjencode(text: string, name: string): string {
  const at = ["___", "__$", "_$_", "_$$", "$__", "$_$", "$$_", "$$$", "$___", "$__$", "$_$_", "$_$$", "$$__", "$$_$", "$$$_", "$$$$"];
  const g = name;
  const figure = (value: number): string => `${g}.${at[value]}+`;
  const body = [...Array(text.length).keys()].map((index) => {
    const code = text.charCodeAt(index);
    const character = text[index] ?? "";
    if (character === '"' || character === "\\") return `"\\\\\\${character}"+`;
    if (/[!-/:-@[-`{-~ ]/.test(character)) return `"${character}"+`;
    if (/[0-9]/.test(character)) return figure(Number(character));
    if (/[a-f]/.test(character)) return figure(Number.parseInt(character, 16));
    if (code < 128) return `"\\\\"+${[...code.toString(8)].map((digit) => figure(Number(digit))).join("")}`;
    return `"\\\\"+${g}._+${[...code.toString(16).padStart(4, "0")].map((digit) => figure(Number.parseInt(digit, 16))).join("")}`;
  });
  return (
    `${g}=~[];${g}={___:++${g},$$$$:(![]+"")[${g}],__$:++${g},$_$_:(![]+"")[${g}],_$_:++${g},$_$$:({}+"")[${g}],$$_$:(${g}[${g}]+"")[${g}],_$$:++${g},` +
    `$$$_:(!""+"")[${g}],$__:++${g},$_$:++${g},$$__:({}+"")[${g}],$$_:++${g},$$$:++${g},$___:++${g},$__$:++${g}};` +
    `${g}.$_=(${g}.$_=${g}+"")[${g}.$_$]+(${g}._$=${g}.$_[${g}.__$])+(${g}.$$=(${g}.$+"")[${g}.__$])+((!${g})+"")[${g}._$$]+(${g}.__=${g}.$_[${g}.$$_])+` +
    `(${g}.$=(!""+"")[${g}.__$])+(${g}._=(!""+"")[${g}._$_])+${g}.$_[${g}.$_$]+${g}.__+${g}._$+${g}.$;` +
    `${g}.$$=${g}.$+(!""+"")[${g}._$$]+${g}.__+${g}._+${g}.$+${g}.$$;${g}.$=(${g}.___)[${g}.$_][${g}.$_];` +
    `${g}.$(${g}.$(${g}.$$+"\\""+${body.join("")}"\\"")())();`
  );
}
