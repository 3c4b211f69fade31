namespace Ecart.Rules;

/// <summary>A function of the language, as people are told of it.</summary>
/// <param name="Name">Its name; any case is understood.</param>
/// <param name="Form">How it is written, for example <c>length(text)</c>.</param>
/// <param name="Type">Type of its value: "number", "truth", or "as its arguments".</param>
/// <param name="Description">Meaning in one phrase.</param>
/// <param name="LeastArguments">Fewest arguments.</param>
/// <param name="MostArguments">Most arguments.</param>
public sealed record RuleFunction(string Name, string Form, string Type, string Description, int LeastArguments, int MostArguments)
{
    private const int Many = 100;

    /// <summary>All functions, in the order in which they are told.</summary>
    public static IReadOnlyList<RuleFunction> All { get; } =
    [
        new("length", "length(text)", "number", "characters of a text", 1, 1),
        new("same_text", "same_text(text, text)", "truth", "equal, upper and lower case being the same", 2, 2),
        new("like", "like(text, 'pattern')", "truth", "the whole text fits the pattern, in which `*` stands for any characters and `?` for one", 2, 2),
        new("number", "number(text)", "number", "the number that a text writes; null when it writes none", 1, 1),
        new("entropy", "entropy(text)", "number", "how mixed the characters are, in bits for each: 0 for one repeated; names made by machines have much", 1, 1),
        new("in_network", "in_network(address, 'network', ...)", "truth", "an IP address lies in one of the networks, such as `'10.0.0.0/8'` or `'2001:db8::/32'`", 2, Many),
        new("is_private", "is_private(address)", "truth", "an IP address is private, link-local or the machine's own", 1, 1),
        new("is_ipv6", "is_ipv6(address)", "truth", "an IP address is of version 6", 1, 1),
        new("time_between", "time_between('22:00', '06:00')", "truth", "local time from the first to before the second, over midnight where the second is earlier", 2, 2),
        new("minute_of_day", "minute_of_day()", "number", "local minute, 0 to 1439", 0, 0),
        new("day_of_month", "day_of_month()", "number", "local day, 1 to 31", 0, 0),
        new("month", "month()", "number", "local month, 1 to 12", 0, 0),
        new("year", "year()", "number", "local year", 0, 0),
        new("before", "before('2027-01-31')", "truth", "local time is before the day, or moment such as `'2027-01-31 18:30'`", 1, 1),
        new("abs", "abs(x)", "number", "without its sign", 1, 1),
        new("floor", "floor(x)", "number", "the next whole number below", 1, 1),
        new("ln", "ln(x)", "number", "natural logarithm; null unless x is above 0", 1, 1),
        new("min", "min(x, y, ...)", "number", "the least; null when one is", 2, Many),
        new("max", "max(x, y, ...)", "number", "the greatest; null when one is", 2, Many),
        new("coalesce", "coalesce(x, y, ...)", "as its arguments", "the first of numbers or texts that is not null", 2, Many),
        new("count", "count(entity, 1h)", "number", "earlier events of the entity in the window", 2, 2),
        new("distinct", "distinct(field, 1h, entity)", "number", "different values of the field in them, null not counted", 2, 3),
        new("sum", "sum(field, 1h, entity)", "number", "sum of the field in them; 0 without any", 2, 3),
        new("average", "average(field, 1h, entity)", "number", "its mean; null without any", 2, 3),
        new("largest", "largest(field, 1h, entity)", "number", "its largest value; null without any", 2, 3),
    ];

    internal static RuleFunction? Find(string name) =>
        All.FirstOrDefault(function => string.Equals(function.Name, name, StringComparison.OrdinalIgnoreCase));
}
