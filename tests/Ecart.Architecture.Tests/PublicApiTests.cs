using System.Reflection;
using Ecart.TestKit;
using PublicApiGenerator;
using Xunit;

namespace Ecart.Architecture.Tests;

/// <summary>
/// The public surface of each library is recorded in <c>tests/ApprovedApi</c>, so that no change of it goes unseen. To accept a change, run these
/// tests once with ECART_ACCEPT_API=1 and commit the files with it.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "tests", "ApprovedApi");

    [Theory]
    [InlineData("Ecart")]
    [InlineData("Ecart.Alerting")]
    [InlineData("Ecart.MariaDb")]
    [InlineData("Ecart.Streaming")]
    [InlineData("Ecart.Embedded")]
    [InlineData("Ecart.Client")]
    public void PublicApi_OfALibrary_IsTheApprovedOne(string library)
    {
        var file = Path.Combine(Folder, library + ".txt");
        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] };
        var lines = Assembly.Load(library).GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd().Split('\n');
        if (Environment.GetEnvironmentVariable("ECART_ACCEPT_API") == "1") File.WriteAllText(file, string.Join('\n', lines) + "\n");
        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n").TrimEnd().Split('\n') : [];

        string[] changes = [.. approved.Except(lines).Select(line => "- " + line.Trim()), .. lines.Except(approved).Select(line => "+ " + line.Trim())];
        Assert.True(
            changes.Length == 0 && approved.SequenceEqual(lines),
            $"The public API of {library} is not the approved one. If that is meant, accept it: "
            + $"ECART_ACCEPT_API=1 ./ecart test PublicApi, and commit tests/ApprovedApi/{library}.txt.\n{string.Join('\n', changes.Take(40))}");
    }
}
