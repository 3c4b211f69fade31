using Ecart.Detection;
using Ecart.Events.Decoding;
using Ecart.Profiles;
using Ecart.Rules;
using Ecart.Rules.Syntax;
using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>
/// Whether a declaration can be used: names first, then what they name, then the rules. Everything that is wrong is found in one run, but for what nothing can be
/// said of until something else is right.
/// </summary>
internal sealed class DeclarationChecks(DomainDeclaration declaration)
{
    private const int LongestName = 32;
    internal const double MostConstant = 10;
    internal const int LongestEntity = 16;
    private const int LongestTitle = 128;
    private const int MostFields = 64;
    private const string NameForm = "lower-case letters, digits and underscores, beginning with a letter, at most 32 characters and no word of the rule language";
    private readonly List<OptionsException> problems = [];

    /// <returns>What is wrong.</returns>
    public IReadOnlyList<OptionsException> Find()
    {
        Try(CheckDomain);
        for (int i = 0; i < declaration.Fields.Count; i++) declaration.Fields[i].Validate($"fields[{i}]", problems);
        CheckNames();
        CheckReferences();
        Try(() => declaration.Profile.Validate("profile"));
        Try(() => declaration.Memory.Validate("memory"));
        Try(() => declaration.BehaviorDistance.Validate("behavior_distance"));
        Try(() => declaration.Velocity?.Validate("velocity"));
        Try(() => OptionsException.RequireRange(declaration.NewProfile.Contribution, 0, 1, "new_profile.contribution"));
        Try(() => declaration.Clusters.Validate("clusters"));
        Try(() => declaration.Signature.Validate("signature"));
        Try(() => declaration.RuleWindows.Validate("rule_windows"));
        Try(() => declaration.Severity.Validate("severity"));
        Try(() => declaration.Rank.Validate("rank"));
        CheckRules();
        if (problems.Count == 0) Try(() => _ = new DeclaredPlan(declaration));
        return problems;
    }

    private void CheckDomain()
    {
        RequireName(declaration.Name, "name");
        OptionsException.Require(declaration.Title.Length <= LongestTitle, "title", declaration.Title, $"at most {LongestTitle} characters");
        OptionsException.RequireRange(declaration.LayoutVersion, 1, Embedding.LearnedEmbedding.LastLayoutVersion, "layout_version");
        OptionsException.Require(new TimeZoneTable().TryFind(declaration.TimeZone, out _), "time_zone", declaration.TimeZone, "an IANA id such as Europe/Paris");
        OptionsException.RequireRange(declaration.AllowedLatenessMinutes, 0, 60 * 24 * 30, "allowed_lateness_minutes");
        OptionsException.RequireRange(declaration.Fields.Count, 1, MostFields, "fields.count");
        OptionsException.RequireRange(declaration.Constant, 0, MostConstant, "constant");
        OptionsException.Require(declaration.Transactions is null, "transactions", "given", "left out without base: transactions");
    }

    /// <summary>Names of fields, their synonyms and of windows.</summary>
    private void CheckNames()
    {
        var names = new HashSet<string>(DeclaredNames.Reserved, StringComparer.Ordinal);
        HashSet<string> columns = [.. DeclaredField.Common.Select(DeclaredField.Normalize)];
        for (int i = 0; i < declaration.Fields.Count; i++)
        {
            DeclaredFieldOptions field = declaration.Fields[i];
            string path = $"fields[{i}].name";
            Try(() =>
            {
                RequireName(field.Name, path);
                OptionsException.Require(names.Add(field.Name), path, $"'{field.Name}'", "a name that nothing else has");
                OptionsException.Require(columns.Add(DeclaredField.Normalize(field.Name)), path, $"'{field.Name}'", "a name that no other field or synonym has");
            });
            for (int k = 0; k < field.Synonyms.Count; k++)
            {
                string synonym = field.Synonyms[k];
                string place = $"fields[{i}].synonyms[{k}]";
                Try(() => OptionsException.Require(columns.Add(DeclaredField.Normalize(synonym)), place, $"'{synonym}'", "a name that no other field or synonym has"));
            }
        }

        for (int i = 0; i < declaration.Windows.Count; i++)
        {
            string name = declaration.Windows[i].Name;
            string path = $"windows[{i}].name";
            Try(() =>
            {
                RequireName(name, path);
                OptionsException.Require(names.Add(name), path, $"'{name}'", "a name that nothing else has");
            });
        }
    }

    /// <summary>What names fields, windows and numbers.</summary>
    private void CheckReferences()
    {
        Try(() =>
        {
            RequireField(declaration.Entity, "entity", DeclaredFieldType.Text);
            bool isRequired = declaration.Fields.First(field => field.Name == declaration.Entity).Required;
            OptionsException.Require(isRequired, "entity", $"'{declaration.Entity}'", "a field that is required");
            OptionsException.Require(declaration.Entity.Length <= LongestEntity, "entity", $"'{declaration.Entity}'", $"a name of at most {LongestEntity} characters");
        });
        EachOnce(declaration.OtherEntities.Prepend(declaration.Entity), static entity => entity, i => i == 0 ? "entity" : $"other_entities[{i - 1}]");
        for (int i = 0; i < declaration.OtherEntities.Count; i++)
        {
            int place = i;
            Try(() => RequireField(declaration.OtherEntities[place], $"other_entities[{place}]", DeclaredFieldType.Text));
        }

        Each(declaration.Windows, "windows", CheckWindow);
        Each(declaration.Encoders, "encoders", CheckEncoder);
        Each(declaration.Deviations, "deviations", (one, path) =>
        {
            RequireField(one.Field, path + ".field", DeclaredFieldType.Number);
            one.Validate(path);
        });
        EachOnce(declaration.Deviations, static one => one.Field, i => $"deviations[{i}].field");
        int measures = DeclaredPlan.MeasuresOf(declaration, null).Length;
        Try(() => OptionsException.Require(
            measures <= ProfileSummary.MaximumMeasures, "deviations.count", measures, $"at most {ProfileSummary.MaximumMeasures} fields, those of the encoders z_score among them"));
        Each(declaration.Novelty, "novelty", (one, path) =>
        {
            RequireField(one.Field, path + ".field", null);
            one.Validate(path);
        });
        EachOnce(declaration.Novelty, static one => one.Field, i => $"novelty[{i}].field");
        CheckDetectors();
    }

    private void CheckDetectors()
    {
        string[] numbers = Numbers();
        string[] known = [.. numbers, .. numbers.Select(DeclaredNames.LogarithmOf)];
        Try(() => OptionsException.RequireRange(declaration.StreamDetectors.Count, 0, DomainDeclaration.MaximumStreamDetectors, "stream_detectors.count"));
        for (int i = 0; i < declaration.StreamDetectors.Count; i++)
        {
            // How much memory one takes can be told only when its settings are right: this check ends with its first finding.
            string path = $"stream_detectors[{i}]";
            try
            {
                OptionsException.Require(declaration.StreamDetectors[i].Fields.Count > 0, path + ".fields", null, "given: what it looks at");
                declaration.StreamDetectors[i].Validate(path, known, DeclaredStreams.DimensionOf);
            }
            catch (OptionsException error)
            {
                problems.Add(error);
            }
        }

        Try(() => LearnedDetectorOptions.Validate(declaration.Detectors));
    }

    private void CheckWindow(DeclaredWindowOptions window, string path)
    {
        if (window.Entity.Length > 0) RequireKnown([declaration.Entity, .. declaration.OtherEntities], window.Entity, path + ".entity");
        bool counts = window.Kind == RuleWindowKind.Count;
        OptionsException.Require(counts == (window.Field is null), path + ".field", window.Field, counts ? "left out to count events" : "given: the field that is looked at");
        if (window.Field is { } field) RequireField(field, path + ".field", window.Kind == RuleWindowKind.Distinct ? null : DeclaredFieldType.Number);
        window.Validate(path);
    }

    private void CheckEncoder(DeclaredEncoderOptions encoder, string path)
    {
        encoder.Validate(path);
        string[] numbers = Numbers();
        string[] texts = [.. declaration.Fields.Where(field => field.Type == DeclaredFieldType.Text).Select(field => field.Name)];
        string[] fit = encoder.Kind switch
        {
            DeclaredEncoderKind.OneHot => texts,
            DeclaredEncoderKind.Hash => [.. texts, .. numbers],
            _ => numbers,
        };
        RequireKnown(fit, encoder.Field, path + ".field");
        if (encoder.Kind == DeclaredEncoderKind.Geo) RequireKnown(numbers, encoder.Longitude, path + ".longitude");
        if (encoder.Kind == DeclaredEncoderKind.ZScore) RequireField(encoder.Field, path + ".field", DeclaredFieldType.Number);
        if (encoder.Kind != DeclaredEncoderKind.OneHot) return;
        bool hasValues = encoder.Values.Count > 0 || declaration.Fields.First(field => field.Name == encoder.Field).Values.Count > 0;
        OptionsException.Require(hasValues, path + ".values", null, "given, here or with the field");
    }

    /// <summary>Rules are held against the fields and windows that are right, whatever is wrong with encoders and detectors.</summary>
    private void CheckRules()
    {
        bool areNamesGood = !problems.Exists(problem => problem.Setting is { } setting && (setting.EndsWith(".name", StringComparison.Ordinal) || setting.Contains(".synonyms[", StringComparison.Ordinal)));
        bool hasEntity = declaration.Fields.Any(field => field.Name == declaration.Entity && field.Type == DeclaredFieldType.Text);
        if (!areNamesGood || !hasEntity) return;
        DomainDeclaration bare = declaration with
        {
            OtherEntities = Right(declaration.OtherEntities, "other_entities"),
            Windows = Right(declaration.Windows, "windows"),
            Deviations = [.. Right(declaration.Deviations, "deviations").Take(ProfileSummary.MaximumMeasures)],
            Novelty = Right(declaration.Novelty, "novelty"),
            Encoders = [],
            Rules = [],
            StreamDetectors = [],
        };
        problems.AddRange(RuleSet<DeclaredContext>.Problems(declaration.Rules, new DeclaredPlan(bare).RuleFields, "rules"));
    }

    /// <summary>Those of a list of which nothing is said.</summary>
    private T[] Right<T>(IReadOnlyList<T> all, string path) =>
        [.. all.Where((_, i) => !problems.Exists(problem => problem.Setting?.StartsWith($"{path}[{i}]", StringComparison.Ordinal) == true))];

    /// <summary>Numbers that encoders and streaming detectors can read.</summary>
    private string[] Numbers() =>
    [
        .. declaration.Fields.Where(field => field.Type != DeclaredFieldType.Text).Select(field => field.Name),
        .. DeclaredNames.Derived.Select(field => field.Name),
        .. declaration.Windows.Select(window => window.Name),
    ];

    private void Try(Action check) => OptionsException.Collect(check, problems);

    private void Each<T>(IReadOnlyList<T> all, string path, Action<T, string> check)
    {
        for (int i = 0; i < all.Count; i++)
        {
            int place = i;
            Try(() => check(all[place], $"{path}[{place}]"));
        }
    }

    private void EachOnce<T>(IEnumerable<T> all, Func<T, string> nameOf, Func<int, string> pathOf)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int i, string name) in all.Select(nameOf).Index())
            if (!known.Add(name)) Try(() => OptionsException.Require(false, pathOf(i), $"'{name}'", "named once"));
    }

    private void RequireField(string name, string path, DeclaredFieldType? type) =>
        RequireKnown([.. declaration.Fields.Where(field => type is null || field.Type == type).Select(field => field.Name)], name, path);

    internal static void RequireKnown(IReadOnlyList<string> known, string name, string path)
    {
        if (known.Contains(name)) return;
        throw new OptionsException(
            path, 0, $"Setting '{path}' is '{name}'; it must be one of {string.Join(", ", known)}.{NameSuggestion.For(name, known)}");
    }

    /// <summary>Whether a text is as names must be.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= LongestName } && char.IsAsciiLetterLower(name[0]) && !RuleWords.IsReserved(name)
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');

    internal static void RequireName(string name, string path) => OptionsException.Require(IsName(name), path, $"'{name}'", NameForm);
}
