using System.Text.Json;
using Spectre.Console;

namespace Ecart.Eval.Running;

/// <summary>Where evaluations write: tables and JSON lines to the output, progress to a terminal.</summary>
internal sealed class EvaluationConsole(TextWriter output, TextWriter errors)
{
    /// <summary>Widest line of a table; wide enough for every table whatever the terminal.</summary>
    private const int Columns = 140;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes a table.</summary>
    public void Write(Table table)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Columns;
        console.Write(table);
    }

    /// <summary>Writes a line of text.</summary>
    public void Line(string text) => output.WriteLine(text);

    /// <summary>Says what the user should know although nothing failed.</summary>
    public void Notice(string text) => errors.WriteLine("eval: " + text);

    /// <summary>Writes a run's result as one line of JSON, names in snake case.</summary>
    public void JsonLine<TResult>(TResult result) => output.WriteLine(JsonSerializer.Serialize(result, Json));

    /// <summary>Runs work behind a progress bar; without a terminal it shows nothing.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="work">Receives a function to call with how far it is, 0 to 1.</param>
    public TResult WithProgress<TResult>(string title, Func<Action<double>, TResult> work)
    {
        if (errors != Console.Error || Console.IsErrorRedirected) return work(_ => { });
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(errors) });
        return console.Progress().AutoClear(true).Start(progress =>
        {
            ProgressTask task = progress.AddTask(title, maxValue: 1);
            return work(done => task.Value = done);
        });
    }
}
