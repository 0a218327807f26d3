"""COPASI (pip install python-copasi): LSODA, models interpreted."""

import COPASI

from contender import serve


class Copasi:
    name = f"COPASI {COPASI.__version__}"
    data = None

    def load(self, text, adjustable):
        if self.data is not None:
            COPASI.CRootContainer.removeDatamodel(self.data)
        self.data = COPASI.CRootContainer.addDatamodel()
        if not self.data.importSBMLFromString(text):
            raise RuntimeError(COPASI.CCopasiMessage.getAllMessageText())
        self.model = self.data.getModel()
        self.task = self.data.getTask("Time-Course")
        self.task.setMethodType(COPASI.CTaskEnum.Method_deterministic)
        self.reference = self._find(adjustable)

    def _find(self, adjustable):
        for quantity in (*self.model.getModelValues(), *self.model.getCompartments()):
            if quantity.getSBMLId() == adjustable:
                return quantity.getInitialValueReference()
        for species in self.model.getMetabolites():
            if species.getSBMLId() == adjustable:
                return species.getInitialConcentrationReference()
        return None

    def run(self, task):
        problem = self.task.getProblem()
        problem.setModel(self.model)
        problem.setAutomaticStepSize(False)
        problem.setStepNumber(task["points"] - 1)
        problem.setDuration(task["t1"])
        problem.setTimeSeriesRequested(True)
        method = self.task.getMethod()
        method.getParameter("Relative Tolerance").setDblValue(task["rtol"])
        method.getParameter("Absolute Tolerance").setDblValue(task["atol"])
        method.getParameter("Max Internal Steps").setUIntValue(1_000_000)
        COPASI.CCopasiMessage.clearDeque()
        self.model.applyInitialValues()
        if not self.task.process(True):
            raise RuntimeError(COPASI.CCopasiMessage.getAllMessageText())

    def adjust(self, value):
        entity = self.reference.getObjectParent()
        if self.reference.getObjectName() == "InitialConcentration":
            entity.setInitialConcentration(value)
        else:
            entity.setInitialValue(value)
        self.model.updateInitialValues(self.reference)

    def course(self):
        series = self.task.getTimeSeries()
        species = {m.getSBMLId() for m in self.model.getMetabolites()}
        out = {}
        for column in range(series.getNumVariables()):
            name = series.getSBMLId(column, self.data)
            if name in species:
                out[name] = [series.getConcentrationData(row, column) for row in range(series.getRecordedSteps())]
        return out


serve(Copasi())
