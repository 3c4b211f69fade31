using System.CommandLine;
using System.Globalization;
using Ecart.App.Declared;
using Ecart.Domains.Declared;
using Ecart.Eval.FraudHandbook;
using Ecart.Eval.Running;
using Ecart.Scoring;
using Spectre.Console;

namespace Ecart.Eval.DeclaredCopy;

/// <summary>The fraud handbook's transactions by the built-in domain and by its copy that is declared in YAML: the verdicts must not differ.</summary>
internal sealed class DeclaredCopyEvaluation : IEvaluation
{
    /// <summary>Name of the command and of the results.</summary>
    public const string Name = "declared-copy";

    private readonly Option<string?> data = FolderOption.Data("Folder of the data sets, or the set's own");

    private readonly Option<FileInfo?> file = new("--domain-file")
    {
        Description = "Declaration over the base transactions (default: examples/domains/transactions-copy.yaml)",
        HelpName = "FILE",
    };

    private readonly ResultsOption results = new(Name);

    /// <inheritdoc/>
    public Command MakeCommand(EvaluationConsole console)
    {
        var command = new Command(Name, "Transactions of the fraud handbook by the built-in domain and by its copy declared in YAML: every verdict compared") { data, file, results };
        command.SetAction(parsed => Run(parsed, console));
        return command;
    }

    private int Run(ParseResult parsed, EvaluationConsole console)
    {
        string path = parsed.GetValue(file)?.FullName ?? Path.Combine(RepositoryFolder.Path, "examples", "domains", "transactions-copy.yaml");
        DomainDeclaration declaration = Read(path);
        string folder = DataFolder.Find(parsed.GetValue(data), FraudHandbookFiles.SetName, FraudHandbookFiles.IsSet);
        string[] paths = [.. Directory.EnumerateFiles(folder).Where(FraudHandbookFiles.IsMonth).Order(StringComparer.Ordinal)];
        var table = new Table().AddColumns("labels", "events", "flagged", "different scores", "ranks", "vectors", "evidence", "largest difference");
        var kept = new ResultTable(
            results.PathOf(parsed), ["domain", "labels", "events", "flagged", "different_scores", "different_ranks", "different_vectors", "different_evidence", "largest_difference"], 2);
        var all = new List<DeclaredCopyResult>();
        foreach (bool hasLabels in new[] { false, true })
        {
            DeclaredCopyResult one = console.WithProgress(
                hasLabels ? "with labels" : "without labels", progress => new DeclaredCopyRun(declaration, hasLabels).Compare(paths, TimeProvider.System, progress));
            string[] values =
            [
                one.Labels, .. new[] { one.Events, one.Flagged, one.DifferentScores, one.DifferentRanks, one.DifferentVectors, one.DifferentEvidence }
                    .Select(number => number.ToString(CultureInfo.InvariantCulture)),
                one.LargestDifference.ToString("R", CultureInfo.InvariantCulture),
            ];
            table.AddRow(values);
            kept.Put([one.Domain, .. values]);
            all.Add(one);
        }

        console.Write(table);
        foreach (DeclaredCopyResult one in all) console.JsonLine(one);
        return 0;
    }

    /// <summary>Reads a declaration over the base transactions.</summary>
    /// <exception cref="EvaluationException">It cannot be read or used.</exception>
    internal static DomainDeclaration Read(string path)
    {
        try
        {
            DomainDeclaration declaration = DeclarationText.Read(File.ReadAllText(path)).OrThrow();
            return declaration.Base == DeclaredBase.Transactions ? declaration : throw new EvaluationException($"{path} has not the base transactions.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OptionsException)
        {
            throw new EvaluationException($"{path}: {error.Message}");
        }
    }
}
