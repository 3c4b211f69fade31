using System.CommandLine;

namespace Ecart.Eval.Running;

/// <summary>The folders that every evaluation takes.</summary>
internal static class FolderOption
{
    /// <summary>Where the data are: <c>--data</c>.</summary>
    /// <param name="meaning">What the folder may be, without its default.</param>
    public static Option<string?> Data(string meaning) => Make("--data", meaning + " (default: ECART_DATA, else ../shared/data beside the repository)");

    /// <summary>Where single scores go: <c>--scores-out</c>.</summary>
    /// <param name="what">What is written there.</param>
    public static Option<string?> ScoresOut(string what) => Make("--scores-out", $"Folder to write {what} to");

    private static Option<string?> Make(string name, string description) => new(name) { Description = description, HelpName = "DIR" };
}
