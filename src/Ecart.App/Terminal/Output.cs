using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Ecart.App.Terminal;

/// <summary>Where the program speaks: results on standard output, everything about the work itself on standard error. Thread-safe.</summary>
internal static class Output
{
    /// <summary>Columns of a table that goes into a file or another program: no cell of it is wrapped or cut.</summary>
    private const int WidthWithoutTerminal = 1000;

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Results { get; } = AnsiConsole.Console;

    /// <summary>Standard output for tables: as wide as the terminal, or as they need.</summary>
    public static IAnsiConsole Tables { get; } = MakeTables();

    /// <summary>Standard error.</summary>
    public static IAnsiConsole Work { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Takes what is said of the work instead of standard error. Default null.</summary>
    public static ILogger? Log { get; set; }

    /// <summary>A line about the work.</summary>
    public static void Note(string text)
    {
        if (Log is { } log) WorkLog.Note(log, text);
        else Line(Work, text, Style.Plain);
    }

    /// <summary>Something that a person should change, though the work goes on.</summary>
    public static void Warning(string text)
    {
        if (Log is { } log) WorkLog.Warning(log, text);
        else Line(Work, "warning: " + text, new Style(Color.Yellow));
    }

    /// <summary>Why the work ended.</summary>
    public static void Error(string text)
    {
        if (Log is { } log) WorkLog.Error(log, text);
        else Line(Work, "error: " + text, new Style(Color.Red));
    }

    /// <summary>A line of the result.</summary>
    public static void Result(string text = "") => Line(Results, text, Style.Plain);

    private static IAnsiConsole MakeTables()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected) console.Profile.Width = WidthWithoutTerminal;
        return console;
    }

    /// <summary>Writes without wrapping: a path or statement must stay in one piece for copying.</summary>
    private static void Line(IAnsiConsole console, string text, Style style)
    {
        if (console.Profile.Capabilities.Ansi && style != Style.Plain) console.Write(new Text(text, style) { Overflow = Overflow.Fold });
        else console.Profile.Out.Writer.Write(text);
        console.Profile.Out.Writer.WriteLine();
        console.Profile.Out.Writer.Flush();
    }
}
