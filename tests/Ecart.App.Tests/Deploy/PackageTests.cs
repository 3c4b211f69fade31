using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Deploy;

/// <summary>The packages, made as <c>dotnet pack</c> makes them of what was built for these tests, and used as others use them.</summary>
public sealed partial class PackageTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.Create("packages");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Tool_InstalledFromItsPackage_Runs()
    {
        await PackAsync("Ecart.App");
        string tools = Path.Combine(folder.Path, "tools");

        (int code, string said) = await DeployFile.RunAsync(
            "dotnet", folder.Path, Cancellation, "tool", "install", "Ecart.Tool", "--tool-path", tools, "--source", folder.Path, "--version", "0.1.0");
        Assert.True(code == 0, said);
        (int started, string version) = await DeployFile.RunAsync(Path.Combine(tools, "ecart"), folder.Path, Cancellation, "--version");
        (_, string help) = await DeployFile.RunAsync(Path.Combine(tools, "ecart"), folder.Path, Cancellation, "serve", "--help");

        Assert.True(started == 0, version);
        Assert.StartsWith("0.1.0", version, StringComparison.Ordinal);
        Assert.Contains("--cluster", help, StringComparison.Ordinal);
        string[] natives = Entries("Ecart.Tool.0.1.0.nupkg").Where(entry => entry.Contains("/runtimes/", StringComparison.Ordinal)).ToArray();
        Assert.Contains(natives, native => native.Contains("/linux-arm64/", StringComparison.Ordinal));
        Assert.DoesNotContain(natives, native => Foreign().IsMatch(native));
    }

    [Theory]
    [InlineData("Ecart")]
    [InlineData("Ecart.Learning")]
    [InlineData("Ecart.Onnx")]
    public async Task Library_Package_HasDocumentationReadmeLicenceAndSymbols(string name)
    {
        await PackAsync(name);
        XElement metadata = Metadata($"{name}.0.1.0.nupkg");
        string Text(string element) => metadata.Elements().Single(found => found.Name.LocalName == element).Value;

        Assert.Equal("MIT", Text("license"));
        Assert.True(Text("description").Length > 30);
        Assert.Contains("anomaly-detection", Text("tags"), StringComparison.Ordinal);
        Assert.Contains(Text("readme"), Entries($"{name}.0.1.0.nupkg"));
        Assert.Contains($"lib/net10.0/{name}.xml", Entries($"{name}.0.1.0.nupkg"));
        Assert.Contains($"lib/net10.0/{name}.pdb", Entries($"{name}.0.1.0.snupkg"));
    }

    /// <summary>A program of somebody else, with the package alone, does what the package's page says.</summary>
    [Fact]
    public async Task Library_ExampleOfItsPage_RunsWithThePackageAlone()
    {
        Require.LongRun();
        await PackAsync("Ecart");
        string program = Directory.CreateDirectory(Path.Combine(folder.Path, "program")).FullName;
        string page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "src/Ecart/PACKAGE.md"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(program, "Program.cs"), Example().Match(page).Groups[1].Value, Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(program, "program.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>$(MSBuildThisFileDirectory)..</RestoreAdditionalProjectSources>
                <RestorePackagesPath>$(MSBuildThisFileDirectory)packages</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Ecart" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """,
            Cancellation);

        (int code, string said) = await DeployFile.RunAsync("dotnet", program, Cancellation, "run", "-v", "q");

        Assert.True(code == 0, said);
        Assert.Contains("amount_anomaly", said, StringComparison.Ordinal);
        Assert.Matches(@"\n(0\.[5-9]\d|1\.00) (Medium|High|Critical)", said);
    }

    private async Task PackAsync(string project)
    {
        (int code, string said) = await DeployFile.RunAsync(
            "dotnet", RepositoryRoot.Path, Cancellation, "pack", $"src/{project}/{project}.csproj", "-c", "Release", "--no-build", "-o", folder.Path, "-v", "q", "-nologo");
        Assert.True(code == 0, said);
    }

    private List<string> Entries(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(folder.Path, package));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private XElement Metadata(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(folder.Path, package));
        using Stream stream = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!.Elements().Single();
    }

    [GeneratedRegex("/runtimes/(win|osx|ios|android|maccatalyst)")]
    private static partial Regex Foreign();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
