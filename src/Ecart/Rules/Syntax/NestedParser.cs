using Parlot;
using Parlot.Fluent;

namespace Ecart.Rules.Syntax;

/// <summary>A part within another; stops the parse where parts are nested deeper than <see cref="RuleLimits.MaximumDepth"/>.</summary>
internal sealed class NestedParser(Parser<RuleNode> inner) : Parser<RuleNode>
{
    public override bool Parse(ParseContext context, ref ParseResult<RuleNode> result)
    {
        var parse = (RuleParseContext)context;
        if (parse.TooDeepAt >= 0) return false;
        if (parse.Depth == RuleLimits.MaximumDepth)
        {
            parse.TooDeepAt = context.Scanner.Cursor.Offset;
            return false;
        }

        parse.Depth++;
        bool isParsed = inner.Parse(context, ref result);
        parse.Depth--;
        return isParsed;
    }
}
