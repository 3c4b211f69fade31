using System.Xml.Linq;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Architecture.Tests;

/// <summary><c>Ecart</c> ← {Learning, MariaDb, Alerting}; {MariaDb, Alerting} ← Streaming ← App; Learning ← App; Embedded is used by App, tests and measurements only; Client stands alone and App uses it.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Ecart"] = [],
        ["Ecart.Embedded"] = [],
        ["Ecart.Client"] = [],
        ["Ecart.Learning"] = ["Ecart"],
        ["Ecart.MariaDb"] = ["Ecart"],
        ["Ecart.Alerting"] = ["Ecart"],
        ["Ecart.Onnx"] = ["Ecart"],
        ["Ecart.Streaming"] = ["Ecart", "Ecart.MariaDb", "Ecart.Alerting"],
        ["Ecart.App"] = ["Ecart", "Ecart.Learning", "Ecart.MariaDb", "Ecart.Alerting", "Ecart.Onnx", "Ecart.Streaming", "Ecart.Embedded", "Ecart.Client"],
    };

    public static TheoryData<string> Projects => [.. Sources.In("src", "*.csproj").Select(project => Path.GetRelativePath(RepositoryRoot.Path, project))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_OnlyInTheDirectionOfTheDesign(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        Assert.True(Allowed.ContainsKey(name), $"{name} is new: say in {nameof(ProjectReferenceTests)} what it may reference.");

        Assert.Empty(ReferencesOf(project).Except(Allowed[name]));
    }

    /// <summary>Parlot parses rules; nothing else comes with the library.</summary>
    [Fact]
    public void Library_Packages_AreFew() =>
        Assert.Empty(Read(Path.Combine("src", "Ecart", "Ecart.csproj"), "PackageReference").Except(["System.IO.Hashing", "System.Numerics.Tensors", "Parlot"]));

    [Fact]
    public void Tests_AreNotReferencedByProducts() =>
        Assert.DoesNotContain(Sources.In("src", "*.csproj").SelectMany(ReferencesOf), reference => reference.Contains("Test", StringComparison.Ordinal));

    private static IEnumerable<string> ReferencesOf(string project) =>
        Read(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    private static IEnumerable<string> Read(string project, string element) => XDocument.Load(Path.Combine(RepositoryRoot.Path, project))
        .Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
}
