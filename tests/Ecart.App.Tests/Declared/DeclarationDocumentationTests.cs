using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ecart.App.Declared;
using Ecart.Detection;
using Ecart.Domains.Declared;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.App.Tests.Declared;

/// <summary>The reference of declarations names everything that a declaration can say, and the examples of the pages are right.</summary>
public sealed class DeclarationDocumentationTests
{
    private static readonly string Docs = Path.Combine(RepositoryRoot.Path, "docs");

    public static TheoryData<Type> Records =>
    [
        typeof(DomainDeclaration), typeof(DeclaredFieldOptions), typeof(DeclaredEncoderOptions), typeof(DeclaredWindowOptions), typeof(DeclaredDeviationOptions),
        typeof(DeclaredNoveltyOptions), typeof(DeclaredMemoryOptions), typeof(StreamDetectorOptions), typeof(ProfileOptions), typeof(StandardScoreOptions), typeof(VelocityOptions),
        typeof(RuleOptions), typeof(RuleWindowOptions), typeof(SeverityOptions), typeof(SignatureOptions), typeof(ClusterOptions), typeof(LearnedDetectorOptions),
    ];

    [Theory]
    [MemberData(nameof(Records))]
    public void Reference_NamesEverySetting(Type record)
    {
        string text = File.ReadAllText(Path.Combine(Docs, "reference", "domain-declaration.md"));
        foreach (PropertyInfo property in record.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.CanWrite))
            Assert.Contains($"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)}`", text, StringComparison.Ordinal);
        foreach (Type kinds in new[] { typeof(DeclaredEncoderKind), typeof(DeclaredFieldType), typeof(DeclaredSide), typeof(RuleWindowKind), typeof(DeclaredBase) })
        {
            foreach (string name in Enum.GetNames(kinds))
                Assert.Contains($"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}`", text, StringComparison.Ordinal);
        }

        Assert.All(StreamDetectorOptions.Kinds, kind => Assert.Contains($"`{kind}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Guide_NamesFilesThatThereAreAndCanBeUsed()
    {
        string text = File.ReadAllText(Path.Combine(Docs, "how-to", "declare-a-domain.md"));
        string[] files = [.. Regex.Matches(text, @"examples/domains/[a-z-]+\.[a-z.]+").Select(match => match.Value.TrimEnd('.')).Distinct()];
        Assert.True(files.Length >= 3);
        foreach (string file in files)
        {
            string path = Path.Combine(RepositoryRoot.Path, file);
            Assert.True(File.Exists(path), file);
            if (file.EndsWith(".yaml", StringComparison.Ordinal)) Assert.Empty(DeclarationText.Read(File.ReadAllText(path)).Problems);
        }
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("- a\n- b\n", 1, 1)]
    [InlineData("name: x\nname: y\n", 2, 1)]
    [InlineData("name: [", 2, 1)]
    [InlineData("name: {a: [1, 2", 2, 1)]
    [InlineData("a: &x\n  b: *x\n", 1, 1)]
    [InlineData("---\nname: a\n---\nname: b\n", 1, 1)]
    public void Read_NoDeclaration_IsToldWithoutACrash(string text, int line, int leastColumn)
    {
        DeclarationText read = DeclarationText.Read(text);
        Assert.Null(read.Declaration);
        Assert.Contains(read.Problems, problem => problem.Line == line && problem.Column >= leastColumn);
    }

    [Fact]
    public void Read_DeeplyNested_IsToldWithoutACrash()
    {
        DeclarationProblem problem = Assert.Single(DeclarationText.Read("fields: " + new string('[', 200_000)).Problems);
        Assert.Contains("nested", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyCutOrChangeOfAnExample_NeverCrashes()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "examples", "domains", "web-access.yaml"));
        var random = new Numerics.SeededRandom(3);
        for (int i = 0; i < 300; i++)
        {
            char[] changed = text.ToCharArray();
            for (int k = 0; k < 3; k++) changed[random.Next(changed.Length)] = "{}[]:,-#&*!|>'\"%@`abc019 \n"[random.Next(26)];
            DeclarationText read = DeclarationText.Read(new string(changed)[..(random.Chance(0.3) ? random.Next(changed.Length) : changed.Length)]);
            Assert.Equal(read.Declaration is null, read.Problems.Count > 0);
        }
    }
}
