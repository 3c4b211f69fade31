using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecart.App.Tests.Dashboards;

/// <summary>
/// What Grafana makes of a query before it sends it: values of variables, the interval, and the macros of its MySQL data source, by the same patterns (an
/// argument of a macro ends at the first closing bracket).
/// </summary>
/// <param name="from">Begin of the time shown.</param>
/// <param name="to">End of the time shown.</param>
/// <param name="values">Values of the variables.</param>
internal sealed partial class GrafanaQuery(DateTimeOffset from, DateTimeOffset to, IReadOnlyDictionary<string, string[]> values)
{
    private const string Interval = "1h";

    /// <summary>The statement that the server gets.</summary>
    public string Sql(string query)
    {
        string text = SqlVariable().Replace(query, match => string.Join(',', ValuesOf(match).Select(value => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'")));
        text = text.Replace("$__interval", Interval, StringComparison.Ordinal);
        text = Macro().Replace(text, match => Evaluate(match.Groups[1].Value, [.. match.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries)]));
        return Leftover().Match(text) is { Success: true } left ? throw new FormatException($"{left.Value} is left in {text}") : text;
    }

    /// <summary>The expression that Prometheus gets.</summary>
    public string PromQl(string query)
    {
        string text = query
            .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
            .Replace("$__range", string.Create(CultureInfo.InvariantCulture, $"{(to - from).TotalSeconds:F0}s"), StringComparison.Ordinal);
        text = PlainVariable().Replace(text, match => string.Join('|', ValuesOf(match)));
        return Leftover().Match(text) is { Success: true } left ? throw new FormatException($"{left.Value} is left in {text}") : text;
    }

    private string[] ValuesOf(Match match) =>
        values.TryGetValue(match.Groups[1].Value, out string[]? found) ? found : throw new FormatException($"{match.Value} has no value");

    private string Evaluate(string name, string[] arguments)
    {
        string time = name.StartsWith("__timeGroup", StringComparison.Ordinal)
            ? $"UNIX_TIMESTAMP({arguments[0]}) DIV {Seconds(arguments[1])} * {Seconds(arguments[1])}"
            : "";
        return name switch
        {
            "__timeFilter" => $"{arguments[0]} BETWEEN FROM_UNIXTIME({from.ToUnixTimeSeconds()}) AND FROM_UNIXTIME({to.ToUnixTimeSeconds()})",
            "__timeFrom" => $"FROM_UNIXTIME({from.ToUnixTimeSeconds()})",
            "__timeTo" => $"FROM_UNIXTIME({to.ToUnixTimeSeconds()})",
            "__timeGroup" => time,
            "__timeGroupAlias" => time + " AS \"time\"",
            _ => throw new FormatException($"Grafana's MySQL data source has no macro {name}."),
        };
    }

    private static int Seconds(string interval) => interval.Trim('\'', '"') switch
    {
        "1d" => 86_400,
        Interval => 3600,
        _ => throw new FormatException($"The interval {interval} is not known here."),
    };

    [GeneratedRegex(@"\$\{(\w+):sqlstring\}")]
    private static partial Regex SqlVariable();

    [GeneratedRegex(@"\$\{?(?!__)(\w+)\}?")]
    private static partial Regex PlainVariable();

    [GeneratedRegex(@"\$([_a-zA-Z0-9]+)\(([^\)]*)\)")]
    private static partial Regex Macro();

    [GeneratedRegex(@"\$\{?\w+")]
    private static partial Regex Leftover();
}
