using System.Text.Json.Nodes;
using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;
using Ecart.Scoring;

namespace Ecart.Domains.Declared.Based;

/// <summary>Whether a declaration over the base transactions can be used: fields against the base's, encoders against what it derives, its constants and rules.</summary>
internal sealed class BasedChecks(DomainDeclaration declaration)
{
    /// <summary>What such a declaration gives here; all else is among the base's constants.</summary>
    private static readonly string[] Own = ["name", "base", "transactions", "title", "layout_version", "entity", "fields", "constant", "encoders"];

    private readonly List<OptionsException> problems = [];

    /// <returns>What is wrong.</returns>
    public IReadOnlyList<OptionsException> Find()
    {
        Try(() => DeclarationChecks.RequireName(declaration.Name, "name"));
        Try(() => OptionsException.RequireRange(declaration.LayoutVersion, 1, Embedding.LearnedEmbedding.LastLayoutVersion, "layout_version"));
        Try(() => OptionsException.RequireRange(declaration.Constant, 0, DeclarationChecks.MostConstant, "constant"));
        CheckLeftOut();
        CheckFields();
        for (int i = 0; i < declaration.Encoders.Count; i++)
        {
            int place = i;
            Try(() => CheckEncoder(declaration.Encoders[place], $"encoders[{place}]"));
        }

        int before = problems.Count;
        Try(() => declaration.Transactions?.Validate());
        for (int i = before; i < problems.Count; i++)
            problems[i] = new OptionsException("transactions." + problems[i].Setting, problems[i].Position, problems[i].Message.Replace("Setting '", "Setting 'transactions.", StringComparison.Ordinal));
        if (problems.Count == 0) Try(() => _ = BasedEngine.LayoutOf(declaration));
        return problems;
    }

    /// <summary>A setting that nobody reads would deceive whoever wrote it.</summary>
    private void CheckLeftOut()
    {
        JsonObject given = JsonNode.Parse(DeclaredJson.Serialize(declaration))!.AsObject();
        JsonObject defaults = JsonNode.Parse(DeclaredJson.Serialize(new DomainDeclaration()))!.AsObject();
        foreach ((string name, JsonNode? value) in given)
        {
            if (Array.IndexOf(Own, name) >= 0 || JsonNode.DeepEquals(value, defaults[name])) continue;
            problems.Add(new OptionsException(name, 0, $"Setting '{name}' is not used with base: transactions; the base's own is below 'transactions', as far as it has one."));
        }
    }

    private void CheckFields()
    {
        var roles = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < declaration.Fields.Count; i++)
        {
            DeclaredFieldOptions field = declaration.Fields[i];
            string path = $"fields[{i}]";
            field.Validate(path, problems);
            Try(() =>
            {
                DeclarationChecks.RequireName(field.Name, path + ".name");
                string role = TransactionFields.RoleOf(field);
                string place = field.Role.Length > 0 ? path + ".role" : path + ".name";
                DeclarationChecks.RequireKnown(TransactionFields.Roles, role, place);
                OptionsException.Require(roles.Add(role), place, $"'{role}'", "named once");
                OptionsException.Require(field.Type == TransactionFields.TypeOf(role), path + ".type", field.Type, $"{TransactionFields.TypeOf(role)}, as the base has it");
            });
        }

        if (problems.Count > 0) return;
        Try(() =>
        {
            DeclaredFieldOptions? account = declaration.Fields.FirstOrDefault(field => TransactionFields.RoleOf(field) == "account");
            OptionsException.Require(account is not null, "fields", "without role account", "a list with a field of role account");
            OptionsException.Require(declaration.Entity == account!.Name, "entity", $"'{declaration.Entity}'", $"'{account.Name}', the field of role account");
            OptionsException.Require(declaration.Entity.Length <= DeclarationChecks.LongestEntity, "entity", $"'{declaration.Entity}'", $"a name of at most {DeclarationChecks.LongestEntity} characters");
            string[] columns = [.. TransactionFields.RecordsOf(declaration).Fields.SelectMany(field => field.Synonyms.Append(field.Name)).Select(DeclaredField.Normalize)];
            string? twice = columns.GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(column => column.Count() > 1)?.Key;
            OptionsException.Require(twice is null, "fields", $"with '{twice}' twice", "without names or synonyms that two fields have, those of the base that it does not rename among them");
        });
    }

    private static void CheckEncoder(DeclaredEncoderOptions encoder, string path)
    {
        encoder.Validate(path);
        IReadOnlyList<string> fit = encoder.Kind switch
        {
            DeclaredEncoderKind.OneHot => TransactionFeatureFields.Texts,
            DeclaredEncoderKind.Hash => [.. TransactionFeatureFields.Texts, .. TransactionFeatureFields.Numbers],
            _ => TransactionFeatureFields.Numbers,
        };
        OptionsException.Require(encoder.Kind != DeclaredEncoderKind.ZScore, path + ".kind", "z_score", "another one: the base derives amount_deviation and amount_log_deviation for linear");
        DeclarationChecks.RequireKnown(fit, encoder.Field, path + ".field");
        if (encoder.Kind == DeclaredEncoderKind.Geo) DeclarationChecks.RequireKnown(TransactionFeatureFields.Numbers, encoder.Longitude, path + ".longitude");
        if (encoder.Kind == DeclaredEncoderKind.OneHot) OptionsException.Require(encoder.Values.Count > 0, path + ".values", null, "given");
    }

    private void Try(Action check) => OptionsException.Collect(check, problems);
}
