#compdef larkspect
# Completes larkspect in zsh: larkspect itself says what may stand there.
_larkspect() {
    local line word kind
    local -a whole open
    for line in "${(@f)$("${(Q)words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        word=${line%%$'\t'*}
        case $word in
            ('') ;;
            (:files) kind=_files ;;
            (:folders) kind=(_files -/) ;;
            # A value is still to come.
            (*=) open+=("${word//:/\\:}:${line#*$'\t'}") ;;
            (*) whole+=("${word//:/\\:}:${line#*$'\t'}") ;;
        esac
    done
    (( $#whole )) && _describe -V larkspect whole
    (( $#open )) && _describe -V larkspect open -S ''
    if [[ -n $kind ]]; then
        [[ $PREFIX =~ '^(--)?[a-z-]+=' ]] && compset -P '*='
        $=kind
    fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _larkspect "$@"
else
    compdef _larkspect larkspect
fi
