namespace Ecart.MariaDb.Schema;

/// <summary>Something about the server or the user's rights that a person should change.</summary>
/// <param name="Severity">Whether the program can work all the same.</param>
/// <param name="Subject">The setting, or <c>version</c> or <c>rights</c>.</param>
/// <param name="Message">What was found and what follows from it.</param>
/// <param name="Remedy">What to do, with the statement to run or the line to write.</param>
public sealed record ServerFinding(FindingSeverity Severity, string Subject, string Message, string Remedy);
