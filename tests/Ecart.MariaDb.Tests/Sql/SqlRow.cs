using System.Globalization;

namespace Ecart.MariaDb.Tests.Sql;

/// <summary>One row of a result by column name.</summary>
public sealed class SqlRow(IReadOnlyDictionary<string, object?> cells)
{
    public IEnumerable<string> Names => cells.Keys;

    public double? Number(string name) =>
        cells[name] is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    public string? Text(string name) => Convert.ToString(cells[name], CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    public bool? Flag(string name) => Number(name) is { } number ? number != 0 : null;
}
