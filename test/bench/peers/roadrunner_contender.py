"""libRoadRunner (pip install libroadrunner): CVODE, models compiled by LLVM."""

import roadrunner

from contender import serve


class RoadRunner:
    name = f"libRoadRunner {roadrunner.__version__}"

    def load(self, text, adjustable):
        self.model = roadrunner.RoadRunner(text)
        species = self.model.model.getFloatingSpeciesIds() + self.model.model.getBoundarySpeciesIds()
        self.species = species
        self.model.timeCourseSelections = ["time"] + [f"[{s}]" for s in species]
        self.knob = adjustable
        self.start = None

    def run(self, task):
        integrator = self.model.integrator
        integrator.setValue("relative_tolerance", task["rtol"])
        integrator.setValue("absolute_tolerance", task["atol"])
        integrator.setValue("maximum_num_steps", 1_000_000)
        self.model.reset()
        if self.start is not None:
            self.model[f"[{self.knob}]"] = self.start
        self.result = self.model.simulate(0, task["t1"], task["points"])

    def adjust(self, value):
        """A species is set after the reset: setting its initial value would compile the model anew each time."""
        if self.knob in self.species:
            self.start = value
        else:
            self.model[self.knob] = value

    def course(self):
        return {s: self.result[:, 1 + i].tolist() for i, s in enumerate(self.species)}


roadrunner.Logger.setLevel(roadrunner.Logger.LOG_CRITICAL)
roadrunner.Config.setValue(roadrunner.Config.LOADSBMLOPTIONS_RECOMPILE, True)
serve(RoadRunner())
