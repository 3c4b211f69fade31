using Spectre.Console;

namespace Ecart.Bench;

/// <summary>Writes a table of figures for a person.</summary>
internal static class ReportTable
{
    /// <summary>Wide enough for every benchmark's columns, also where the output is no terminal.</summary>
    private const int LeastWidth = 140;

    /// <summary>Writes the rows under their headings, after one line that says what was measured on.</summary>
    public static void Write(string title, IReadOnlyList<string> headings, IEnumerable<string[]> rows)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = Math.Max(console.Profile.Width, LeastWidth);
        var table = new Table { Border = TableBorder.Simple };
        foreach (string heading in headings) table.AddColumn(new TableColumn(heading) { NoWrap = true }.RightAligned());
        foreach (string[] row in rows) table.AddRow(row);
        Console.WriteLine();
        Console.WriteLine(title);
        console.Write(table);
    }
}
