using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Domains.Declared;
using Ecart.Domains.Declared.Based;
using Ecart.Domains.Transactions;
using Ecart.Events.Decoding;
using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>A declaration that can be used.</summary>
internal sealed class DeclaredSettings(DomainDeclaration declaration) : IDomainSettings
{
    /// <summary>The declaration.</summary>
    public DomainDeclaration Declaration => declaration;

    /// <inheritdoc/>
    public string Text => DeclaredJson.Serialize(declaration);

    /// <inheritdoc/>
    public string EntityField => declaration.Entity;

    /// <inheritdoc/>
    public IReadOnlyList<LearnedDetectorOptions> Detectors =>
        declaration.Base == DeclaredBase.None ? declaration.Detectors : (declaration.Transactions ?? TransactionOptions.Default).Detectors;

    /// <inheritdoc/>
    public IDomainEngine MakeEngine(int configurationVersion, ReferencePatterns patterns, DomainModels models)
    {
        (IDomainEngine engine, IReadOnlyList<ExceptionNotice> notices) = Make(declaration, configurationVersion, patterns, models);
        foreach (ExceptionNotice notice in notices) Output.Warning(notice.ToString());
        return engine;
    }

    /// <inheritdoc/>
    /// <remarks>By an engine with an exception of this rule: what a declaration gives for rules to ask is the engine's own.</remarks>
    public RuleError? CheckRule(string expression)
    {
        var probe = new ExceptionPattern(1, null, null, DateTime.MinValue, null, null, 0, 0, expression);
        return Make(declaration, 1, ReferencePatterns.Empty with { Exceptions = [probe] }, DomainModels.None).Notices is [{ } notice, ..] ? notice.Error : null;
    }

    /// <inheritdoc/>
    public IRecordDecoder MakeDecoder() => declaration.Base == DeclaredBase.None ? new DeclaredDecoder(declaration) : new BasedDecoder(declaration);

    /// <summary>The engine of a declaration, and the exceptions that have no effect.</summary>
    public static (IDomainEngine Engine, IReadOnlyList<ExceptionNotice> Notices) Make(
        DomainDeclaration declaration, int configurationVersion, ReferencePatterns patterns, DomainModels models)
    {
        if (declaration.Base != DeclaredBase.None)
        {
            var based = new BasedEngine(declaration, configurationVersion, models) { Patterns = patterns };
            return (based, based.PatternNotices);
        }

        var engine = new DeclaredEngine(declaration, configurationVersion, models) { Patterns = patterns };
        return (engine, engine.PatternNotices);
    }
}
