using System.Text.RegularExpressions;
using Ecart.Domains.Declared;
using Ecart.Scoring;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ecart.App.Declared;

/// <summary>A declaration as a person wrote it, in YAML: what it says, or everything that is wrong with it, each where it stands.</summary>
/// <param name="Declaration">Null when it cannot be used.</param>
/// <param name="Problems">In the order of the text; empty when it can be used.</param>
internal sealed partial record DeclarationText(DomainDeclaration? Declaration, IReadOnlyList<DeclarationProblem> Problems)
{
    private const int MostDepth = 32;

    /// <summary>Reads a text.</summary>
    public static DeclarationText Read(string text)
    {
        (YamlNode? root, DeclarationProblem? mistake) = RootOf(text);
        if (root is null) return new(null, [mistake!]);
        var binder = new YamlBinder();
        DomainDeclaration? declaration = binder.Bind<DomainDeclaration>(root);

        // What could not be read has its default: what is said of that would only confuse.
        IEnumerable<DeclarationProblem> wrong = declaration is null ? [] : declaration.Problems()
            .Where(problem => !binder.IsWrong(PathOf(problem)))
            .Select(problem => ProblemAt(binder, problem));
        DeclarationProblem[] problems = [.. binder.Problems.Concat(wrong).DistinctBy(problem => (problem.Line, problem.Column, problem.Message)).OrderBy(problem => (problem.Line, problem.Column))];
        return new(problems.Length == 0 ? declaration : null, problems);
    }

    /// <summary>The declaration.</summary>
    /// <exception cref="OptionsException">It cannot be used; the message tells all problems, one a line.</exception>
    public DomainDeclaration OrThrow() =>
        Declaration ?? throw new OptionsException("The declaration cannot be used:\n" + string.Join('\n', Problems));

    /// <summary>The one document of a text; or why there is none.</summary>
    private static (YamlNode? Root, DeclarationProblem? Mistake) RootOf(string text)
    {
        var scanner = new Scanner(new StringReader(text));
        try
        {
            // Events come one by one: what is nested too deeply is seen before anything is made of it by recursion.
            var parser = new Parser(scanner);
            for (int depth = 0; parser.MoveNext(); depth += parser.Current!.NestingIncrease)
                if (depth > MostDepth) return (null, new((int)scanner.CurrentPosition.Line, (int)scanner.CurrentPosition.Column, "The file is nested too deeply."));
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents.Count == 1
                ? (yaml.Documents[0].RootNode, null)
                : (null, new(1, 1, $"The file has {yaml.Documents.Count} YAML documents; a declaration is one."));
        }
        catch (YamlException error)
        {
            return (null, new((int)error.Start.Line, (int)error.Start.Column, "This is not YAML: " + error.Message));
        }
        catch (InvalidOperationException)
        {
            // The scanner does not know what to say of some texts.
            return (null, new((int)scanner.CurrentPosition.Line, (int)scanner.CurrentPosition.Column, "This is not YAML."));
        }
    }

    private static DeclarationProblem ProblemAt(YamlBinder binder, OptionsException problem)
    {
        (YamlNode? node, bool isExact) = binder.Find(PathOf(problem));
        int line = (int)(node?.Start.Line ?? 1);
        int column = (int)(node?.Start.Column ?? 1);
        // In a text that stands on one line as it is, the place within it is known too.
        if (isExact && problem.Position > 0 && node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } scalar
            && scalar.Start.Line == scalar.End.Line && !scalar.Value!.AsSpan().ContainsAny('\'', '"', '\\'))
            column += problem.Position - (scalar.Style == ScalarStyle.Plain ? 1 : 0);
        return new(line, column, problem.Message);
    }

    /// <summary>The setting's path, without the names that messages add for people.</summary>
    private static string PathOf(OptionsException problem) => NameForPeople().Replace(problem.Setting ?? "", "");

    [GeneratedRegex(@" \('[^']*'\)")]
    private static partial Regex NameForPeople();
}
